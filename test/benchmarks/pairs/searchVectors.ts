import { createWriteStream, existsSync, mkdirSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { key, permutation } from "@nearfar/random";
import { cacheFolder } from "@nearfar/tensor/setup";
import { nearfar } from "../nearfar.ts";
import { outputOf } from "../outputOf.ts";
import { allSentences } from "../text/allSentences.ts";
import { trained } from "../trained.ts";
import { workFile } from "../workFile.ts";

/**
 * The npy file of `count` vectors of 256 numbers and 1,000 further ones for queries, made once and kept in the user's cache: real sentences
 * and the same with words dropped, shuffled, embedded by a static encoder that was trained on them for some seconds.
 */
export async function searchVectors(count: number): Promise<string> {
  const path = join(cacheFolder(), "benchmarks", `search-${count}.npy`);
  if (existsSync(path)) return path;
  const sentences = await allSentences();
  const variants = Math.ceil((count + QUERIES) / sentences.length);
  const order = permutation(key(1), variants * sentences.length).subarray(0, count + QUERIES);
  const lines = Array.from(order, (at) => {
    const variant = Math.floor(at / sentences.length);
    return `${dropped(sentences[at % sentences.length]!, variant)}\n`;
  });
  const [texts, made] = [workFile("search.txt"), workFile("search.npy")];
  await pipeline(Readable.from(lines), createWriteStream(texts));
  // How good the encoder is is not measured here: its vectors are those of real sentences.
  await trained("text", "search", [texts, "--init", "static", "--dimensions", "256", "--steps", "100"], (run) =>
    outputOf(nearfar("text", "embed", texts, "--run", run, "--out", made)),
  );
  mkdirSync(dirname(path), { recursive: true });
  await rename(made, path);
  await rm(texts);
  return path;
}

const QUERIES = 1000;

/** A sentence without every fourth word, from another one for each variant; variant 0 is the sentence itself. */
function dropped(sentence: string, variant: number): string {
  const words = sentence.split(" ");
  if (variant === 0 || words.length < 4) return sentence;
  return words.filter((_, at) => (at + variant) % 4 !== 0).join(" ");
}

import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileError, openForReading, UserError } from "@nearfar/formats";
import { bertFile } from "./bertFile.ts";
import { createTokenizer } from "./createTokenizer.ts";
import { robertaFile } from "./robertaFile.ts";
import type { Tokenizer } from "./tokenizer.ts";

/**
 * Opens a tokenizer: a `tokenizer.json`, or a model folder with one, or with BERT's `vocab.txt`, or with RoBERTa's `vocab.json` and
 * `merges.txt`; `tokenizer_config.json` beside it is read where present.
 *
 * Throws `UserError` with the path for a missing, damaged or oversized file, and with what was looked for in a folder without any.
 */
export async function openTokenizer(path: string): Promise<Tokenizer> {
  const isFolder = (await found(path))?.isDirectory() ?? false;
  const folder = isFolder ? path : dirname(path);
  const configPath = join(folder, "tokenizer_config.json");
  const config = (await found(configPath)) ? asObject(await readJson(configPath), configPath) : {};
  const source = isFolder ? join(path, "tokenizer.json") : path;
  if (!isFolder || (await found(source))) return createTokenizer(await readJson(source), { config, source });
  return withoutJson(folder, config);
}

async function withoutJson(folder: string, config: Readonly<Record<string, unknown>>): Promise<Tokenizer> {
  const [words, vocabulary, merges] = ["vocab.txt", "vocab.json", "merges.txt"].map((name) => join(folder, name));
  if (await found(words!)) {
    const json = bertFile(wordsOf(await readText(words!)), {
      lowercase: config["do_lower_case"] !== false,
      stripAccents: typeof config["strip_accents"] === "boolean" ? config["strip_accents"] : null,
      chinese: config["tokenize_chinese_chars"] !== false,
    });
    return createTokenizer(json, { config, source: words! });
  }
  if ((await found(vocabulary!)) && (await found(merges!))) {
    const ids = asObject(await readJson(vocabulary!), vocabulary!) as Record<string, number>;
    const absent = ["<s>", "</s>"].find((token) => !Object.hasOwn(ids, token));
    if (absent !== undefined) throw new UserError(`${vocabulary!}: RoBERTa's token ${absent} is missing`);
    const json = robertaFile(ids, mergesOf(await readText(merges!), merges!), {
      addPrefixSpace: config["add_prefix_space"] === true,
    });
    return createTokenizer(json, { config, source: vocabulary! });
  }
  throw new UserError(
    `${folder}: no tokenizer here; looked for tokenizer.json, then vocab.txt, then vocab.json with merges.txt`,
  );
}

/** One word a line, its id the line's number; the last of two equal lines counts. */
const wordsOf = (text: string): Record<string, number> =>
  Object.fromEntries(linesOf(text).map((line, id) => [line.trimEnd(), id]));

/** Two tokens a line, after a first line that may tell a version. */
function mergesOf(text: string, path: string): string[] {
  const lines = linesOf(text);
  const merges = lines.slice(lines[0]?.startsWith("#version") ? 1 : 0).filter((line) => line !== "");
  const bad = merges.find((line) => line.split(" ").length !== 2);
  if (bad !== undefined)
    throw new UserError(`${path}: a merge is two tokens with a space between; got "${bad.slice(0, 80)}"`);
  return merges;
}

const linesOf = (text: string) => text.replace(/\r?\n$/, "").split(/\r?\n/);

/** The largest known (of a million entries) is 35 MB. */
const MOST_BYTES = 256 * 1024 * 1024;

async function readText(path: string): Promise<string> {
  const handle = await openForReading(path);
  try {
    const { size } = await handle.stat();
    if (size > MOST_BYTES)
      throw new UserError(`${path}: ${size} bytes are too many for a tokenizer, at most ${MOST_BYTES}`);
    return await handle.readFile("utf8");
  } finally {
    await handle.close();
  }
}

async function readJson(path: string): Promise<unknown> {
  const text = await readText(path);
  try {
    return JSON.parse(text);
  } catch {
    throw new UserError(`${path}: not valid JSON`);
  }
}

function asObject(json: unknown, path: string): Record<string, unknown> {
  if (typeof json !== "object" || json === null || Array.isArray(json))
    throw new UserError(`${path}: an object is expected`);
  return json as Record<string, unknown>;
}

async function found(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    const known = fileError(path, error);
    if (known instanceof UserError && /no such file/.test(known.message)) return undefined;
    throw known;
  }
}

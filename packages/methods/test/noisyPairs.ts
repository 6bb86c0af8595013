import { packTokens, type Tokens } from "@nearfar/encoders";
import type { PairBatch } from "@nearfar/methods";
import { tf, type Tensor2D, type Tensor4D } from "@nearfar/tensor";
import { noise } from "@nearfar/testing";
import { noisyTexts } from "./noisyTexts.ts";

/** How many pictures a batch has. */
const PAIRS = 4;

/** Four pictures of 16x16, or those of them that are asked for, by the formula of golden/make_pairs.py (`pictures`). */
export function noisyPictures(name: string, chosen = [0, 1, 2, 3]): Tensor4D {
  const size = 16 * 16 * 3;
  const all = noise(name, PAIRS * size);
  const pixels = chosen.flatMap((i) => [...all.slice(i * size, (i + 1) * size)]);
  return tf.tensor4d(Float32Array.from(pixels), [chosen.length, 16, 16, 3]);
}

/** Four rows, or those that are asked for: what a locked tower or a teacher made of the examples (`rows`). */
export function noisyRows(name: string, width: number, chosen = [0, 1, 2, 3]): Tensor2D {
  const all = noise(name, PAIRS * width);
  const values = chosen.flatMap((i) => [...all.slice(i * width, (i + 1) * width)]);
  return tf.tensor2d(Float32Array.from(values), [chosen.length, width]);
}

/** Captions of those pictures, all first ones, then all second ones. */
export function noisyCaptions(step: number | string, columns = 1, chosen = [0, 1, 2, 3]): Tokens {
  const lists = Array.from({ length: columns }, (_, column) => noisyTexts(`captions${column} ${step}`));
  return packTokens(lists.flatMap((texts) => chosen.map((i) => texts[i]!)));
}

/** Features of four pictures, and of four texts: near them, but in the second step nearly anything (`near`). */
export function nearRows(step: number): PairBatch<Tensor2D, Tensor2D> {
  const [images, words] = [noise(`features ${step}`, 64), noise(`words ${step}`, 64)];
  const texts = images.map((u, i) => u + (step === 1 ? 6 : 2) * words[i]!);
  return { images: noisyRows(`features ${step}`, 16), texts: tf.tensor2d(Float32Array.from(texts), [4, 16]) };
}

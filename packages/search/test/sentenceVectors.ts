import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { words } from "@nearfar/search";
import { gaussian, realData } from "@nearfar/testing";
import type { Vectors } from "@nearfar/formats";

/**
 * Vectors of the sentences of `sentences-en`, and where they do not suffice of the same with every fourth word dropped, another each time.
 *
 * A vector is the sum of random vectors of its words, each over the square root of how often the word occurs.
 */
export function sentenceVectors(rows: number, dimensions: number): Vectors {
  const file = join(realData("sentences-en").path, "sentences-en.tsv.gz");
  const lines = gunzipSync(readFileSync(file)).toString().trim().split("\n");
  const texts = lines.map((line) => words(line.slice(line.indexOf("\t") + 1)));
  const counts = new Map<string, number>();
  for (const word of texts.flat()) counts.set(word, (counts.get(word) ?? 0) + 1);
  const ids = new Map([...counts.keys()].map((word, id) => [word, id]));
  const table = gaussian(1, ids.size, dimensions).data;
  const data = new Float32Array(rows * dimensions);
  for (let row = 0; row < rows; row++) {
    const text = texts[(row * 7919) % texts.length]!; // sources stand one after the other in the file
    const variant = Math.floor(row / texts.length);
    const into = data.subarray(row * dimensions, (row + 1) * dimensions);
    text.forEach((word, at) => {
      if (variant > 0 && text.length > 3 && (at + variant) % 4 === 0) return;
      const [from, weight] = [ids.get(word)! * dimensions, counts.get(word)! ** -0.5];
      for (let i = 0; i < dimensions; i++) into[i]! += weight * table[from + i]!;
    });
  }
  return { rows, dimensions, data };
}

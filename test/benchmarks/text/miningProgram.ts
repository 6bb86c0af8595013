/**
 * The 10 nearest of each vector of an npy file among the others: seconds, peak memory, and whether a scalar search agrees.
 *
 *     node --conditions=nearfar-source --import tsx test/benchmarks/text/miningProgram.ts VECTORS.npy
 *
 * Prints one JSON line.
 */
import { readFile } from "node:fs/promises";
import { readNpy, type Vectors } from "@nearfar/formats";
import { integer, key } from "@nearfar/random";
import { neighboursAmong, type Neighbours } from "@nearfar/search";
import { loadEngine } from "@nearfar/tensor";
import { peakMegabytes } from "../peakMegabytes.ts";
import { say } from "../say.ts";
import type { MiningResult } from "./mining.ts";

const K = 10;
const CHECKED = 100;

const engine = loadEngine();
const vectors = await matrix(process.argv[2]!);
const begin = performance.now();
const found = neighboursAmong(vectors, K);
const seconds = (performance.now() - begin) / 1000;
const peak = peakMegabytes();
const { rows, dimensions } = vectors;
const checked = Array.from({ length: CHECKED }, (_, counter) => integer(key(2), rows, { counter }));
const wrong = checked.filter((row) => !agrees(vectors, row, found)).length;
say({ engine: engine.version, rows, dimensions, seconds, peak, wrong, checked: CHECKED } satisfies MiningResult);

async function matrix(path: string): Promise<Vectors> {
  const { shape, data } = readNpy(await readFile(path), { where: path });
  return { rows: shape[0]!, dimensions: shape[1]!, data: data as Float32Array };
}

/** Whether no other row is nearer than those found, but for the rounding of float32. */
function agrees({ rows, dimensions: d, data }: Vectors, row: number, { k, indices }: Neighbours): boolean {
  const own = data.subarray(row * d, (row + 1) * d);
  const cosines = Float64Array.from({ length: rows }, (_, other) =>
    cosine(own, data.subarray(other * d, (other + 1) * d)),
  );
  const listed = [...indices.subarray(row * k, (row + 1) * k)];
  if (new Set(listed).size < k || listed.includes(row)) return false;
  const least = Math.min(...listed.map((other) => cosines[other]!));
  const nearer = cosines.reduce((count, value, other) => count + (other !== row && value > least + 1e-6 ? 1 : 0), 0);
  return nearer < k;
}

function cosine(a: Float32Array, b: Float32Array): number {
  let [dot, own, other] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    dot += a[i]! * b[i]!;
    own += a[i]! ** 2;
    other += b[i]! ** 2;
  }
  return own === 0 || other === 0 ? 0 : dot / Math.sqrt(own * other);
}

/**
 * Opens an index that buildIndex.ts wrote and asks it: milliseconds, and MB that the process holds.
 *
 *     node --conditions=nearfar-source --import tsx test/benchmarks/text/openIndexProgram.ts FILE
 *
 * Prints one JSON line.
 */
import { stat } from "node:fs/promises";
import { integer, key, normals } from "@nearfar/random";
import { openIndex } from "@nearfar/search";
import { peakMegabytes } from "../peakMegabytes.ts";
import { say } from "../say.ts";
import type { IndexResult } from "./indexed.ts";
import { madeVector } from "./madeVector.ts";

const QUERIES = 20;
const NOISE = 0.3;

const file = process.argv[2]!;
const resident = () => process.memoryUsage.rss() / 1e6;
const residentBefore = resident();
const begin = performance.now();
const index = await openIndex(file);
const open = performance.now() - begin;
const residentOpen = resident();
const { rows, dimensions } = index;
const times: number[] = [];
let found = 0;
for (let query = 0; query <= QUERIES; query++) {
  const row = integer(key(3), rows, { counter: query });
  const noise = normals(key(4).fold(query), dimensions, { deviation: NOISE });
  const data = madeVector(row).map((value, k) => value + noise[k]!);
  const begun = performance.now();
  const { indices } = await index.search({ rows: 1, dimensions, data }, 10);
  times.push(performance.now() - begun);
  if (query > 0 && indices[0] === row) found++;
}
await index.close();
const [first, ...queries] = times as [number, ...number[]];
const gigabytes = (await stat(file)).size / 1e9;
const peak = peakMegabytes();
say({
  ...{ rows, dimensions, gigabytes, open, residentBefore, residentOpen },
  ...{ first, queries: queries.map((ms) => Number(ms.toFixed(2))), peak, found },
} satisfies IndexResult);

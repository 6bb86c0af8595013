/**
 * Our side of the search benchmarks, on request: each line on stdin is answered by a line of JSON.
 *
 *     node --conditions=nearfar-source --import tsx test/benchmarks/pairs/searchServer.ts VECTORS.npy ROWS KINDS [HNSW-FOLDER]
 *
 * KINDS of float32, int8 and hnsw, with commas. `KIND SIZE FROM` searches the queries from FROM on, SIZE at a time, TURN times, and answers
 * {"ms": for each search}; `find KIND COUNT` answers {"scores": the ten cosines of each of the first COUNT queries}. The queries are the vectors
 * behind the first ROWS. A graph is built where the folder holds none, and kept there.
 */
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { join } from "node:path";
import { flatIndex, hnswStore, type HnswStore, type Usearch, type VectorDtype } from "@nearfar/search";
import { say } from "../say.ts";
import { readMatrix } from "./readMatrix.ts";

const [file, rowsText, kinds, folder] = process.argv.slice(2) as [string, string, string, string | undefined];
const rows = Number(rowsText);
const { dimensions, data } = await readMatrix(file);
const part = (from: number, to: number) => ({
  rows: to - from,
  dimensions,
  data: data.subarray(from * dimensions, to * dimensions),
});
const K = 10;
/** As many as a recall of 0.95 takes among these vectors: packages/search/README.md has the others. */
const EXPANSION = 320;
type Find = (from: number, size: number) => Promise<number[]>;

function flat(dtype: VectorDtype): Find {
  const index = flatIndex(part(0, rows), { dtype });
  return async (from, size) => [...(await index.search(part(rows + from, rows + from + size), K)).scores];
}

async function graph(): Promise<Find> {
  const module = createRequire(join(import.meta.dirname, "../../optional/package.json"))("usearch") as Usearch;
  const store: HnswStore = await hnswStore(folder!, { expansionSearch: EXPANSION, module });
  if ((await store.count()) !== rows) {
    const start = performance.now();
    await store.add(
      (function* () {
        for (let row = 0; row < rows; row++) {
          if (row % 50_000 === 0)
            process.stderr.write(
              `bench: ${row} rows in the graph, ${((performance.now() - start) / 1000).toFixed(0)} s\n`,
            );
          yield { id: `${row}`, vector: part(row, row + 1).data };
        }
      })(),
    );
    await store.save();
  }
  return async (from, size) => {
    const found: number[] = [];
    for (let at = from; at < from + size; at++)
      found.push(...(await store.search(part(rows + at, rows + at + 1).data, K)).map(({ score }) => score));
    return found;
  };
}

const all: Record<string, Find> = {};
for (const kind of kinds.split(",")) all[kind] = kind === "hnsw" ? await graph() : flat(kind as VectorDtype);
say({ rows, dimensions });
for await (const line of createInterface({ input: process.stdin })) {
  const [first, second, third] = line.split(" ") as [string, string, string];
  if (first === "find") say({ scores: await all[second]!(0, Number(third)) });
  else {
    const [size, from] = [Number(second), Number(third)];
    const turns = Math.max(1, Math.floor(8 / size));
    const begin = performance.now();
    for (let turn = 0; turn < turns; turn++) await all[first]!(from + turn * size, size);
    say({ ms: (performance.now() - begin) / turns });
  }
}
process.exit(0); // what is mapped needs no closing

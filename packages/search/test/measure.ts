/**
 * Measures this package on vectors of real sentences, 256 numbers each: the figures of README.md. From the root of a clone, with NEARFAR_DATA:
 *
 *     npx tsx --conditions=nearfar-source packages/search/test/measure.ts search 1000000 [a Python that has faiss-cpu]
 *     npx tsx --conditions=nearfar-source packages/search/test/measure.ts mine 100000
 *     npx tsx --conditions=nearfar-source packages/search/test/measure.ts open 5000000 [float32|int8|binary]
 *     npx tsx --conditions=nearfar-source packages/search/test/measure.ts recall VECTORS.npy [how many numbers of each]
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readNpy, writeNpy, type Vectors } from "@nearfar/formats";
import { flatIndex, neighboursAmong, openIndex, writeIndex, type VectorDtype } from "@nearfar/search";
import { loadEngine } from "@nearfar/tensor";
import { gaussian } from "@nearfar/testing";
import { recall } from "./recall.ts";
import { sentenceVectors } from "./sentenceVectors.ts";

const [what = "search", count = "100000", further] = process.argv.slice(2);
const rows = Number(count);
const dimensions = 256;
const DTYPES = ["float32", "int8", "binary"] as const;
const folder = mkdtempSync(join(tmpdir(), "nearfar-measure-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

const say = (name: string, figures: Record<string, number>) =>
  console.log(name, ...Object.entries(figures).map(([unit, value]) => `${unit} ${Number(value.toPrecision(4))}`));
const part = ({ data }: Vectors, from: number, size: number): Vectors => ({
  rows: size,
  dimensions,
  data: data.subarray(from * dimensions, (from + size) * dimensions),
});

/** The median of repetitions, after two that warm up, and what the processor spent on one. */
async function time(run: (at: number) => unknown, times = 10): Promise<{ ms: number; cpuMs: number }> {
  for (const at of [0, 1]) await run(at);
  const before = process.cpuUsage();
  const all: number[] = [];
  for (let at = 0; at < times; at++) {
    const start = performance.now();
    await run(at);
    all.push(performance.now() - start);
  }
  const { user, system } = process.cpuUsage(before);
  return { ms: all.sort((a, b) => a - b)[times >> 1]!, cpuMs: (user + system) / 1000 / times };
}

async function search(): Promise<void> {
  const vectors = sentenceVectors(rows + 320, dimensions);
  const [gallery, queries] = [part(vectors, 0, rows), part(vectors, rows, 320)];
  const truth = await flatIndex(gallery).search(queries, 10);
  for (const dtype of DTYPES) {
    const start = performance.now();
    const index = flatIndex(gallery, { dtype });
    say(`${dtype} built`, { s: (performance.now() - start) / 1000 });
    for (const size of [1, 32])
      say(`${dtype} ${size}`, await time((at) => index.search(part(queries, (at % 10) * size, size), 10)));
    if (dtype === "float32") continue;
    for (const oversample of [1, 2, 4, 20, 50, 100])
      say(`${dtype} oversample ${oversample}`, {
        recall: recall(await index.search(queries, 10, { oversample }), truth),
      });
  }
  if (further) faiss(gallery, queries, further);
}

/** FAISS's flat index over the same, in the same minutes. */
function faiss(gallery: Vectors, queries: Vectors, python: string): void {
  for (const [name, { rows, data }] of Object.entries({ gallery, queries }))
    writeFileSync(join(folder, `${name}.npy`), writeNpy(data, [rows, dimensions]));
  const program = `
import sys, time, numpy, faiss
gallery, queries = (numpy.load(f"{sys.argv[1]}/{name}.npy") for name in ("gallery", "queries"))
faiss.normalize_L2(gallery); faiss.normalize_L2(queries)
index = faiss.IndexFlatIP(${dimensions}); index.add(gallery)
for size in (1, 32):
    for at in (0, 1): index.search(queries[:size], 10)
    times, cpu = [], time.process_time()
    for at in range(10):
        start = time.perf_counter(); index.search(queries[at * size:(at + 1) * size], 10)
        times.append(time.perf_counter() - start)
    cpu = (time.process_time() - cpu) / 10
    print("faiss", faiss.__version__, size, f"ms {sorted(times)[5] * 1e3:.4g} cpuMs {cpu * 1e3:.4g}", flush=True)
`;
  execFileSync(python, ["-c", program, folder], { stdio: "inherit" });
}

async function mine(): Promise<void> {
  loadEngine();
  const vectors = gaussian(1, rows, dimensions); // its time does not depend on the values, and its memory is to be its own
  const before = process.cpuUsage();
  const start = performance.now();
  neighboursAmong(vectors, 10);
  const { user, system } = process.cpuUsage(before);
  const s = (performance.now() - start) / 1000;
  say("neighboursAmong", { s, cpuS: (user + system) / 1e6, peakMB: process.resourceUsage().maxRSS / 1024 });
}

async function open(): Promise<void> {
  const some = sentenceVectors(Math.min(rows, 300_000), dimensions);
  for (const dtype of further ? [further as VectorDtype] : DTYPES) {
    const path = join(folder, dtype);
    const start = performance.now();
    await writeIndex(path, repeated(some), { dtype });
    say(`${dtype} written`, { s: (performance.now() - start) / 1000, GB: statSync(path).size / 1e9 });
    const opening = performance.now();
    const index = await openIndex(path);
    say(`${dtype} opened`, { ms: performance.now() - opening });
    for (const name of ["first", "second"]) {
      const searching = performance.now();
      const { indices } = await index.search(part(some, 5, 1), 10);
      await index.ids(indices);
      say(`${dtype} ${name} search`, { ms: performance.now() - searching, rssMB: process.memoryUsage().rss / 2 ** 20 });
    }
    await index.close();
    rmSync(path);
  }
}

function* repeated(some: Vectors) {
  for (let row = 0; row < rows; row++) yield { id: `sentence ${row}`, vector: part(some, row % some.rows, 1).data };
}

/** Recall among the vectors of a file, of which the last 500 are the queries. */
async function recalls(): Promise<void> {
  const { data, shape } = readNpy(readFileSync(count));
  const [all, width] = shape as [number, number];
  const kept = Number(further ?? width);
  const cut = (from: number, to: number): Vectors => {
    const rows = Array.from({ length: to - from }, (_, i) =>
      Array.from(data.slice((from + i) * width, (from + i) * width + kept) as Float32Array),
    );
    return { rows: to - from, dimensions: kept, data: Float32Array.from(rows.flat()) };
  };
  const [gallery, queries] = [cut(0, all - 500), cut(all - 500, all)];
  const truth = await flatIndex(gallery).search(queries, 10);
  for (const dtype of ["int8", "binary"] as const) {
    const index = flatIndex(gallery, { dtype });
    for (const oversample of [1, 2, 4, 8, 16, 32, 50, 100])
      say(`${dtype} oversample ${oversample}`, {
        recall: recall(await index.search(queries, 10, { oversample }), truth),
      });
  }
}

const commands: Record<string, () => Promise<void>> = { search, mine, open, recall: recalls };
await commands[what]!();

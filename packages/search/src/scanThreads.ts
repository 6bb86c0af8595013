import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { WasmMemory, WasmModule } from "./webAssembly.ts";

/** Calls of a module's `run(from, to, ...rest)` that together cover rows, each thread with a `rest` of its own. */
export interface Scan {
  readonly module: WasmModule;
  readonly memory: WasmMemory;
  /** The first row, and the one behind the last. */
  readonly from: number;
  readonly rows: number;
  /** Rows a call takes. */
  readonly step: number;
  readonly rests: readonly (readonly number[])[];
}

/** Threads that a scan may be given to: the processor's, at most 16. */
export const scanThreads: { readonly most: number; run(scan: Scan): Promise<void> } = {
  most: Math.min(16, availableParallelism()),
  async run({ rests, from, ...scan }) {
    // The counter of rows taken lies in the first bytes: a thread that is held up by other programs takes fewer.
    new Int32Array(scan.memory.buffer, 0, 1)[0] = from;
    await Promise.all(rests.map((rest, index) => (threads[index] ??= startThread(index))({ ...scan, rest })));
  },
};

type Task = Omit<Scan, "rests" | "from"> & { readonly rest: readonly number[] };
type Thread = (task: Task) => Promise<void>;

const threads: (Thread | undefined)[] = [];

/** A thread does its tasks one after the other; it lives as long as the process and does not keep it alive while it has none. */
function startThread(index: number): Thread {
  const waiting: { resolve(): void; reject(error: Error): void }[] = [];
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(PROGRAM)}`));
  // Not before it is online: Node 20 would keep the process alive for a worker that is released while it starts.
  worker.on("online", () => waiting.length === 0 && worker.unref());
  worker.on("message", () => {
    waiting.shift()!.resolve();
    if (waiting.length === 0) worker.unref();
  });
  worker.on("error", (error) => {
    threads[index] = undefined;
    for (const { reject } of waiting) reject(new Error(`search: a thread died: ${String(error)}`, { cause: error }));
  });
  return (task) =>
    new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      worker.ref();
      worker.postMessage(task);
    });
}

/** JavaScript, so that it starts the same from source and from a build. */
const PROGRAM = `
import { parentPort } from "node:worker_threads";
parentPort.on("message", ({ module, memory, rows, step, rest }) => {
  const { run } = new WebAssembly.Instance(module, { env: { memory } }).exports;
  const taken = new Int32Array(memory.buffer, 0, 1);
  for (let from; (from = Atomics.add(taken, 0, step)) < rows; ) run(from, Math.min(from + step, rows), ...rest);
  parentPort.postMessage(0);
});
`;

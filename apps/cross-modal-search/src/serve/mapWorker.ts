import { parentPort, workerData } from "node:worker_threads";
import type { Vectors } from "@nearfar/formats";
import { key } from "@nearfar/random";
import { mapPositions } from "./mapPositions.ts";

/** What the thread that places a map is given, and what it answers: `[n, 2]`. */
export interface MapWorker {
  readonly data: { readonly seed: number; readonly vectors: Vectors };
  readonly answer: Float32Array;
}

const { seed, vectors } = workerData as MapWorker["data"];
parentPort!.postMessage(mapPositions(key(seed), vectors) satisfies MapWorker["answer"]);

import type { SentenceEncoder } from "@nearfar/encoders";
import { loadEngine } from "@nearfar/tensor";
import { openRunModel } from "./openRunModel.ts";
import { readRun } from "./readRun.ts";
import type { Run } from "./run.ts";

/** A run directory, and the model that it holds. */
export interface LoadedRun extends Run {
  /**
   * One vector per text, in order, by the best weights of a run of texts; cosines of vectors say how near the texts are.
   *
   * The model is read at the first call, and kept. A run that has none (yet) is a `UserError`.
   */
  embed(texts: readonly string[]): Promise<Float32Array[]>;
}

/**
 * Reads a run directory without writing to it or locking it, also while it trains; `embed` uses its model.
 *
 *     const encoder = await load("runs/x");
 *     const [vector] = await encoder.embed(["pull near, push far"]);
 *
 * A folder that is missing or is no run, and a `run.json` that is damaged or newer than this program, are a `UserError`.
 */
export async function load(dir: string): Promise<LoadedRun> {
  const run = await readRun(dir);
  let model: Promise<SentenceEncoder> | undefined;
  return {
    ...run,
    async embed(texts) {
      loadEngine();
      const { rows, dimensions, data } = await (await (model ??= openRunModel(dir))).encode(texts);
      return Array.from({ length: rows }, (_, row) => data.subarray(row * dimensions, (row + 1) * dimensions));
    },
  };
}

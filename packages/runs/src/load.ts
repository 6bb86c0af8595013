import { existsSync } from "node:fs";
import { join } from "node:path";
import type { SentenceEncoder } from "@nearfar/encoders";
import { UserError, type Vectors } from "@nearfar/formats";
import { loadEngine } from "@nearfar/tensor";
import { openRunModel } from "./openRunModel.ts";
import { openTwoTowers } from "./openTwoTowers.ts";
import { readRun } from "./readRun.ts";
import type { Run } from "./run.ts";
import type { TwoTowers } from "./twoTowers.ts";

/** A run directory, and the model that it holds. */
export interface LoadedRun extends Run {
  /**
   * One vector per text, in order, by the best weights of a run of texts or of pairs; cosines of vectors say how near they are.
   *
   * The model is read at the first call, and kept. A run that has none (yet) is a `UserError`.
   */
  embed(texts: readonly string[]): Promise<Float32Array[]>;
  /** One vector per encoded picture (JPEG, PNG, WebP ...), in the space of the texts: of a run of pairs; any other is a `UserError`. */
  embedPictures(pictures: readonly Uint8Array[]): Promise<Float32Array[]>;
}

/**
 * Reads a run directory without writing to it or locking it, also while it trains; `embed` and `embedPictures` use its model.
 *
 *     const encoder = await load("runs/x");
 *     const [vector] = await encoder.embed(["pull near, push far"]);
 *
 * A folder that is missing or is no run, and a `run.json` that is damaged or newer than this program, are a `UserError`.
 */
export async function load(dir: string): Promise<LoadedRun> {
  const run = await readRun(dir);
  const hasTowers = () => existsSync(join(dir, "model", "image"));
  let towers: Promise<TwoTowers> | undefined;
  let texts: Promise<SentenceEncoder> | undefined;
  const openTowers = () => (towers ??= openTwoTowers(dir));
  return {
    ...run,
    async embed(list) {
      loadEngine();
      const encoder = hasTowers() ? (await openTowers()).texts : await (texts ??= openRunModel(dir));
      return rowsOf(await encoder.encode(list));
    },
    async embedPictures(pictures) {
      if (!hasTowers())
        throw new UserError(
          `${dir}: holds no two towers of pictures and texts: a run of pairs has them, once a dev score is best or at its end.`,
        );
      loadEngine();
      return rowsOf(await (await openTowers()).encodePictures(pictures));
    },
  };
}

const rowsOf = ({ rows, dimensions, data }: Vectors): Float32Array[] =>
  Array.from({ length: rows }, (_, row) => data.subarray(row * dimensions, (row + 1) * dimensions));

import { setImmediate } from "node:timers/promises";
import type { Preprocessing, Vectors } from "@nearfar/formats";
import { normalize as unit, tf, type Params } from "@nearfar/tensor";
import type { Encoder } from "./encoder.ts";

/** A network of pictures with its weights and what it wants done to a picture first, as it lies in a model folder. */
export interface ImageModel {
  /** What a table of results calls it. */
  readonly name: string;
  /** d, the width of its vectors. */
  readonly dimensions: number;
  readonly encoder: Encoder;
  readonly params: Params;
  readonly preprocessing: Preprocessing;
  /** One row per picture: pixels after preprocessing, `[n, size, size, 3]` row-major, to `[n, d]`; of length 1 where `normalize` was said. */
  encode(pixels: Float32Array): Promise<Vectors>;
  /** Frees its weights. */
  dispose(): void;
}

export interface ImageModelParts {
  readonly encoder: Encoder;
  readonly params: Params;
  readonly preprocessing: Preprocessing;
}

export interface ImageModelOptions {
  readonly name?: string;
  /** Vectors of length 1. */
  readonly normalize?: boolean;
}

/**
 * A network of pictures and its weights as an encoder of preprocessed pictures, which owns the weights from here; they pass 64 at a time.
 *
 * Throws RangeError for numbers that are not whole pictures of `preprocessing.size`.
 */
export function imageModel(
  { encoder, params, preprocessing }: ImageModelParts,
  { name = encoder.name, normalize = false }: ImageModelOptions = {},
): ImageModel {
  const { size } = preprocessing;
  const dimensions = encoder.features;
  const length = size * size * 3;
  return {
    name,
    dimensions,
    encoder,
    params,
    preprocessing,
    async encode(pixels) {
      const rows = pixels.length / length;
      if (!Number.isInteger(rows))
        throw new RangeError(
          `imageModel: pictures are [n, ${size}, ${size}, 3]; got ${pixels.length} numbers. Were they preprocessed for another model?`,
        );
      const data = new Float32Array(rows * dimensions);
      for (let from = 0; from < rows; from += TOGETHER) {
        const count = Math.min(TOGETHER, rows - from);
        const values = tf.tidy(() => {
          const part = tf.tensor4d(pixels.subarray(from * length, (from + count) * length), [count, size, size, 3]);
          const vectors = encoder.apply(params, part, { training: false }); // [count, d]
          return (normalize ? unit(vectors) : vectors).dataSync();
        });
        data.set(values, from * dimensions);
        await setImmediate(); // timers and signals have their turn
      }
      return { rows, dimensions, data };
    },
    dispose: () => tf.dispose(params),
  };
}

const TOGETHER = 64;

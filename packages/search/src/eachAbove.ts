import { normalize, tf, type Tensor2D } from "@nearfar/tensor";
import { checkVectors } from "./checkVectors.ts";
import type { Vectors } from "@nearfar/formats";

export interface EachAboveOptions {
  /** Only columns behind the row: each pair once, no row with itself. */
  once: boolean;
  /** The name of the function that was called, for errors. */
  caller: string;
}

/**
 * Visits every two rows whose cosine is at least what `threshold` returns, row by row within blocks of rows; columns ascend.
 *
 * The engine computes tiles of `[1024, 8192]` cosines and the largest of each of their rows; only rows with one above are looked at.
 * Throws RangeError for malformed vectors.
 */
export function eachAbove(
  vectors: Vectors,
  threshold: () => number,
  visit: (row: number, column: number, cosine: number) => void,
  { once, caller }: EachAboveOptions,
): void {
  checkVectors(caller, vectors);
  const { rows, dimensions, data } = vectors;
  tf.tidy(() => {
    const unit = normalize(tf.tensor2d(data, [rows, dimensions])); // [n, d]
    for (let top = 0; top < rows; top += TOP)
      for (let left = once ? top - (top % LEFT) : 0; left < rows; left += LEFT)
        tf.tidy(() => {
          const [height, width] = [Math.min(TOP, rows - top), Math.min(LEFT, rows - left)];
          const band = tf.slice(unit, [top, 0], [height, dimensions]);
          const cosines: Tensor2D = tf.matMul(band, tf.slice(unit, [left, 0], [width, dimensions]), false, true);
          const largest = tf.max(cosines, 1).dataSync(); // [height]
          const some = Array.from(largest.keys()).filter((row) => largest[row]! >= threshold());
          if (some.length === 0) return;
          const values = tf.gather(cosines, tf.tensor1d(some, "int32")).dataSync(); // [some, width]
          some.forEach((row, at) => {
            const from = once ? Math.max(0, top + row + 1 - left) : 0;
            for (let column = from; column < width; column++) {
              const cosine = values[at * width + column]!;
              if (cosine >= threshold()) visit(top + row, left + column, cosine);
            }
          });
        });
  });
}

const TOP = 1024;
const LEFT = 8192;

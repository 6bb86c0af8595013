import type { Tensor2D } from "@tensorflow/tfjs-core";
import type { RowsGradient } from "./gradient.ts";
import { native } from "./native.ts";
import { tf } from "./tf.ts";

/** A matrix with the rows of a gradient added to it, a new tensor, `[v, d]`. Indices outside it are an error of the engine. */
export function scatterAdd(whole: Tensor2D, { indices, values }: RowsGradient): Tensor2D {
  return tf.tidy(() => {
    const places = tf.expandDims(indices, 1); // [u, 1]
    const types = { T: { type: "float32" }, Tindices: { type: "int32" } } as const;
    return native("TensorScatterAdd", [whole, places, values], types)[0] as Tensor2D;
  });
}

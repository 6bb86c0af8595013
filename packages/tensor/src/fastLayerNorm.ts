import type { Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import { asGraph } from "./asGraph.ts";
import { layerNorm, type LayerNormParams } from "./layerNorm.ts";
import { tf } from "./tf.ts";

/** `layerNorm` of `x + added`, `[n, d]` both, in two passes. For evaluation (see `asGraph`). */
export function fastLayerNorm(
  { weight, bias }: LayerNormParams,
  [x, added]: readonly [Tensor2D, Tensor2D],
  { epsilon = 1e-5 } = {},
): Tensor2D {
  let kernel = kernels.get(epsilon);
  if (!kernel) kernels.set(epsilon, (kernel = kernelOf(epsilon)));
  return kernel(x, added, weight, bias) as Tensor2D;
}

/** By epsilon, of which there are two or three. */
const kernels = new Map<number, (...inputs: Tensor[]) => Tensor>();

function kernelOf(epsilon: number) {
  const plain = (x: Tensor, added: Tensor, weight: Tensor, bias: Tensor) =>
    layerNorm({ weight: weight as Tensor1D, bias: bias as Tensor1D }, tf.add(x, added), { epsilon });
  const T = { type: "float32" } as const;
  const sum = { name: "sum", op: "AddV2", inputs: ["x", "added"], attributes: { T } };
  const norm = {
    name: "y",
    op: "_MklLayerNorm",
    inputs: ["sum", "weight", "bias"],
    attributes: { T, epsilon: { float: epsilon } },
  };
  return asGraph(plain as (...inputs: Tensor[]) => Tensor, {
    inputs: ["x", "added", "weight", "bias"],
    nodes: [sum, norm],
  });
}

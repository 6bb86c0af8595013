import type { Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import { asGraph } from "./asGraph.ts";
import { gelu } from "./gelu.ts";
import { geluTanh } from "./geluTanh.ts";
import { linear, type LinearParams } from "./linear.ts";

/** `linear`, and with `activation` its `gelu` or `geluTanh`, in one pass over the result: shift and activation are part of the multiplication. For evaluation (see `asGraph`). */
export function fastLinear(
  { weight, bias }: LinearParams,
  x: Tensor2D,
  { activation = "none" }: { activation?: "none" | "gelu" | "gelu-tanh" } = {},
): Tensor2D {
  return kernels[activation](x, weight, bias) as Tensor2D;
}

const plain = (...inputs: Tensor[]) => {
  const [x, weight, bias] = inputs as [Tensor2D, Tensor2D, Tensor1D];
  return linear({ weight, bias }, x);
};

const kernels = {
  none: asGraph(plain, fused(["BiasAdd"])),
  gelu: asGraph((...inputs) => gelu(plain(...inputs)), fused(["BiasAdd", "GeluExact"])),
  "gelu-tanh": asGraph((...inputs) => geluTanh(plain(...inputs)), fused(["BiasAdd", "GeluApproximate"])),
};

function fused(strings: string[]) {
  const attributes = { T: { type: "float32" }, num_args: { int: 1 }, fused_ops: { strings } } as const;
  const inputs = ["x", "weight", "bias"];
  return { inputs, nodes: [{ name: "y", op: "_FusedMatMul", inputs, attributes }] };
}

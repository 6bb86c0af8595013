import type { Tensor } from "@tensorflow/tfjs-core";

/** A tree of named tensors. A leaf's dotted path (`layer1.0.conv1.weight`) is its name in files. */
export interface Params {
  readonly [name: string]: Tensor | Params;
}

import { initial, type Params } from "@nearfar/tensor";

/** Batch-norm's first values for d features: scale 1, shift 0, and running statistics of N(0, 1), as in PyTorch. `affine: false` learns neither scale nor shift. */
export function initialNorm(d: number, { affine = true } = {}): Params {
  const learned: Params = affine ? { weight: initial.ones([d]), bias: initial.zeros([d]) } : {};
  return { ...learned, running_mean: initial.zeros([d]), running_var: initial.ones([d]) };
}

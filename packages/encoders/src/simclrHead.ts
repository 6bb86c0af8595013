import type { Tensor2D } from "@nearfar/tensor";
import type { Encoder } from "./encoder.ts";
import { mlp } from "./mlp.ts";

/**
 * SimCLR's projector: linear, batch-norm, ReLU, linear, batch-norm; `[n, features] -> [n, out]`.
 *
 * `layers` 2 is SimCLR, 3 and more SimCLR v2. Sources: Chen et al. 2020, section 2.1; Chen et al. 2020b; batch-norm on the output and the
 * default sizes are lightly 1.6's `SimCLRProjectionHead` (on CIFAR 512, 512, 128).
 */
export function simclrHead(features: number, { hidden = features, out = 128, layers = 2 } = {}): Encoder<Tensor2D> {
  const sizes = [features, ...Array.from({ length: layers - 1 }, () => hidden), out];
  return { ...mlp(sizes, { outputNorm: true }), name: "simclr-head" };
}

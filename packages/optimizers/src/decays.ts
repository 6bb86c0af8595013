import type { Tensor } from "@nearfar/tensor";

/** Which leaves weight decay pulls to 0: all, or only matrices and filters (not biases, norms and temperatures). */
export type Decay = "all" | "matrices";

/** Whether weight decay pulls a leaf to 0: with `"matrices"` those of rank 2 and more. Source: SimCLR's and BYOL's exclusion of biases and norms. */
export function decays(leaf: Tensor, decay: Decay): boolean {
  return decay === "all" || leaf.rank > 1;
}

import type { Tensor1D } from "@nearfar/tensor";

/** n examples as an encoder takes them, and the label of each, int32 `[n]`. */
export interface LabelledInput<Input> {
  readonly input: Input;
  readonly labels: Tensor1D;
}

import type { Dtype, TypedArray } from "./dtypes.ts";

/** An array of a file: its elements in C order (the last dimension runs fastest); `data.length` is the product of `shape`. */
export interface NamedArray {
  readonly shape: readonly number[];
  readonly dtype: Dtype;
  readonly data: TypedArray;
}

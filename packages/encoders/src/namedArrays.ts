import type { NamedArray } from "@nearfar/formats";
import { leaves, type Params } from "@nearfar/tensor";

/** The leaves of a tree by their paths as a file keeps them: float32, in their own layout. */
export function namedArrays(params: Params): Map<string, NamedArray> {
  return new Map(
    [...leaves(params)].map(([path, leaf]) => [
      path,
      { shape: leaf.shape, dtype: "F32", data: leaf.dataSync<"float32">() },
    ]),
  );
}

import type { Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import { native } from "./native.ts";

/**
 * Writes rows of a matrix **in place** and returns it as a new handle: `matrix[indices[i]] = rows[i]`; indices int32 `[u]`, rows `[u, d]`.
 *
 * The one operation here that changes its argument: whoever else holds that tensor, or a clone of it, sees the new rows. It spares the optimizer a copy of
 * a table of which a step changes a few rows. Indices outside the matrix are an error of the engine.
 */
export function writeRows(matrix: Tensor2D, indices: Tensor1D, rows: Tensor2D): Tensor2D {
  return native("InplaceUpdate", [matrix, indices, rows], { T: { type: "float32" } })[0] as Tensor2D;
}

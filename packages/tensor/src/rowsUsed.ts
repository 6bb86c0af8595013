import type { Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import { gatherRows } from "./gatherRows.ts";
import type { Mode } from "./mode.ts";
import { native } from "./native.ts";

/**
 * What a lookup reads: the table and the ids as they are, or, where `mode` collects lookups, the rows used (each once) and the ids' places
 * among them. The rows are a tensor of their own, so that the gradient ends at them.
 */
export function rowsUsed(table: Tensor2D, ids: Tensor1D, mode: Mode): { rows: Tensor2D; places: Tensor1D } {
  if (!mode.training || !mode.lookups) return { rows: table, places: ids };
  const types = { T: { type: "int32" }, out_idx: { type: "int32" } } as const;
  const [indices, places] = native("Unique", [ids], types, 2) as [Tensor1D, Tensor1D];
  const rows = gatherRows(table, indices);
  mode.lookups.record({ table, indices, rows });
  return { rows, places };
}

import type { Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import { tf } from "./tf.ts";

/** The rows of one table that one lookup used: `rows[i]` is row `indices[i]`, and no index stands twice. */
export interface Lookup {
  readonly table: Tensor;
  readonly indices: Tensor1D;
  readonly rows: Tensor2D;
}

/**
 * Collects which rows of which tables a forward pass used, so that the gradient of a table comes by these rows alone, and the optimizer
 * touches no others: a batch uses 1,500 of a vocabulary's 30,522 rows.
 */
export interface Lookups {
  record(lookup: Lookup): void;
  entries(): readonly Lookup[];
  /** Frees what was recorded. */
  dispose(): void;
}

/** An empty collection. */
export function lookups(): Lookups {
  const all: Lookup[] = [];
  return {
    record({ table, indices, rows }) {
      all.push({ table, indices: tf.keep(indices), rows: tf.keep(rows) }); // they outlive the tidy scopes of the gradient
    },
    entries: () => all,
    dispose: () => all.forEach(({ indices, rows }) => tf.dispose([indices, rows])),
  };
}

import type { Tensor1D } from "@tensorflow/tfjs-core";
import type { Lookups } from "./lookups.ts";
import type { Statistics } from "./statistics.ts";

/**
 * How a forward pass runs: the only way in for dropout's seed (int32 `[2]`) and for running statistics. With `lookups`, gradients of tables
 * come by rows; without, they are dense.
 */
export type Mode =
  | { readonly training: false }
  | {
      readonly training: true;
      readonly seed: Tensor1D;
      readonly statistics: Statistics;
      readonly lookups?: Lookups;
    };

import type { Params } from "@nearfar/tensor";
import type { PlainObject } from "./plain.ts";

/** Everything that training goes on from. */
export interface Checkpoint {
  readonly step: number;
  /** By name: `params`, `state`, `slots`. Leaves are float32, int32 or bool. */
  readonly trees: Readonly<Record<string, Params>>;
  /** What is no tensor: keys, the sampler's position. */
  readonly plain: PlainObject;
}

import type { Key } from "./key.ts";
import { uniform } from "./uniform.ts";

/** True with the given probability: 0 is never, 1 always. */
export function bernoulli(key: Key, probability: number): boolean {
  return uniform(key) < probability;
}

import type { Key } from "./key.ts";
import { uniform } from "./uniform.ts";

/** One number from N(mean, deviation²). Source: Box and Muller 1958. */
export function normal(key: Key, { mean = 0, deviation = 1, counter = 0 } = {}): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniform(key, { counter: 2 * counter })));
  return mean + deviation * radius * Math.cos(2 * Math.PI * uniform(key, { counter: 2 * counter + 1 }));
}

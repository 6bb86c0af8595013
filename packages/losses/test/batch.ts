import fc from "fast-check";
import type { Rows } from "./plain.ts";

/** `sides` random matrices [n, d] of one shape, n 2 to 6, d 2 to 5, in numbers that float32 holds; no row is close to 0. */
export function batch(sides: number): fc.Arbitrary<Rows[]> {
  const number = fc.float({ min: -1, max: 1, noNaN: true });
  return fc.tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 2, max: 5 })).chain(([n, d]) => {
    const row = fc.array(number, { minLength: d, maxLength: d }).filter((values) => Math.hypot(...values) > 0.1);
    const side = fc.array(row, { minLength: n, maxLength: n });
    return fc.array(side, { minLength: sides, maxLength: sides });
  });
}

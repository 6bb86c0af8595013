import { uniforms, type Key } from "@nearfar/random";

/**
 * One number from Beta(a, b) for whole a and b, at least 1: the a-th smallest of a + b - 1 uniform ones, exactly.
 *
 * Density x^(a-1) (1-x)^(b-1) / B(a, b), mean a / (a + b). Source: David and Nagaraja, Order Statistics (2003), section 2.3.
 */
export function beta(key: Key, a: number, b: number): number {
  if (!(Number.isInteger(a) && Number.isInteger(b) && a >= 1 && b >= 1))
    throw new RangeError(`beta: a and b are whole numbers, at least 1; got ${a} and ${b}.`);
  return uniforms(key, a + b - 1).sort()[a - 1]!;
}

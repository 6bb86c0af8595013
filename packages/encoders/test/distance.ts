import { noise } from "@nearfar/testing";

/** How far values are from a digest `[length, product with noise]`, as a part of that length, or of `least` where it is longer. */
export function distance(
  path: string,
  values: ArrayLike<number>,
  [length, product]: readonly [number, number],
  least = 0,
): number {
  const direction = noise(`digest:${path}`, values.length);
  let [squares, along] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    squares += values[i]! ** 2;
    along += values[i]! * direction[i]!;
  }
  return Math.max(Math.abs(Math.sqrt(squares) - length), Math.abs(along - product)) / Math.max(length, least);
}

import type { Vectors } from "@nearfar/formats";

/** The rows in float64, each of length 1 (zeros stay zeros). */
export function unitRows({ data, rows, dimensions }: Vectors): Float64Array {
  const z = Float64Array.from(data);
  for (let i = 0; i < rows; i++) {
    const row = z.subarray(i * dimensions, (i + 1) * dimensions);
    const length = Math.max(1e-12, Math.sqrt(row.reduce((sum, value) => sum + value * value, 0)));
    for (let j = 0; j < dimensions; j++) row[j]! /= length;
  }
  return z;
}

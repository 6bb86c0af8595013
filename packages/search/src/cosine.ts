import { rowLength } from "./rowLength.ts";

/** The cosine of two vectors, summed in float64; 0 where one is all zeros. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let dot = 0;
  for (let i = 0; i < a.length; i++) dot += a[i]! * b[i]!;
  return dot / (rowLength(a, 0, a.length) * rowLength(b, 0, b.length));
}

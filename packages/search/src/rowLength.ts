/** `max(|x|, 1e-12)` of the row at `start`, in float64: what a cosine divides by, so that a row of zeros has cosine 0 to all. */
export function rowLength(data: Float32Array, start: number, dimensions: number): number {
  let sum = 0;
  for (let at = start; at < start + dimensions; at++) sum += data[at]! * data[at]!;
  return Math.max(Math.sqrt(sum), 1e-12);
}

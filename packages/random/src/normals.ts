import type { Key } from "./key.ts";

/** `length` numbers from N(mean, deviation²), float32: two for the price of one draw. Source: Box and Muller 1958. */
export function normals(key: Key, length: number, { mean = 0, deviation = 1 } = {}): Float32Array {
  const values = new Float32Array(length);
  for (let i = 0; i < length; i += 2) {
    const [a, b] = key.bits(i >>> 1);
    const radius = deviation * Math.sqrt(-2 * Math.log((a + 1) / 4294967297));
    const angle = 2 * Math.PI * (b / 4294967296);
    values[i] = mean + radius * Math.cos(angle);
    if (i + 1 < length) values[i + 1] = mean + radius * Math.sin(angle);
  }
  return values;
}

import type { Key } from "./key.ts";

/** `length` numbers uniform in [min, max), float32 with 24 random bits each: two for the price of one draw, for weights and masks. */
export function uniforms(key: Key, length: number, { min = 0, max = 1 } = {}): Float32Array {
  const values = new Float32Array(length);
  for (let i = 0; i < length; i += 2) {
    const [a, b] = key.bits(i >>> 1);
    values[i] = min + (max - min) * ((a >>> 8) / 16777216);
    if (i + 1 < length) values[i + 1] = min + (max - min) * ((b >>> 8) / 16777216);
  }
  return values;
}

import type { NamedArray } from "./namedArray.ts";

/**
 * The elements as float32. F16 (IEEE 754 binary16) and BF16 (the upper half of a float32) widen exactly; F64 and large
 * integers are rounded. F32 is handed back as it is, not copied.
 */
export function toFloat32({ dtype, data }: NamedArray): Float32Array {
  if (data instanceof Float32Array) return data;
  if (dtype === "F16") return Float32Array.from(data as Uint16Array, half);
  if (dtype === "BF16") return new Float32Array(Uint32Array.from(data as Uint16Array, (bits) => bits << 16).buffer);
  return Float32Array.from(data as ArrayLike<number>, Number);
}

/** The value of binary16 bits: sign, 5 bits of exponent (bias 15), 10 of fraction. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}

/** A number from 0 in LEB128, seven bits a byte, the lowest first. WebAssembly core specification, 5.2.2. */
export function leb(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...leb(Math.floor(value / 128))];
}

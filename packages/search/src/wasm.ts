import { leb } from "./leb.ts";

/** Instructions of WebAssembly, as bytes. */
export type Code = readonly number[];

const op =
  (...code: number[]) =>
  (...operands: Code[]): Code => [...operands.flat(), ...code];
const simd = (code: number) => op(0xfd, ...leb(code));
const load =
  (code: Code, alignment: number) =>
  (address: Code, offset = 0): Code => [...address, ...code, alignment, ...leb(offset)];
const store =
  (code: Code, alignment: number) =>
  (address: Code, value: Code): Code => [...address, ...value, ...code, alignment, 0];

/** The instructions that the kernels use, by their names in the specification (core 2, chapter 5.4); operands come first. */
export const wasm = {
  i32: {
    const: (value: number): Code => [0x41, ...signed(value)],
    add: op(0x6a),
    sub: op(0x6b),
    mul: op(0x6c),
    eqz: op(0x45),
    or: op(0x72),
    ltU: op(0x49),
    geU: op(0x4f),
    load: load([0x28], 2),
    load8U: load([0x2d], 0),
    store: store([0x36], 2),
  },
  f32: { lt: op(0x5d), load: load([0x2a], 2), store: store([0x38], 2) },
  v128: {
    zero: [0xfd, 12, ...new Array<number>(16).fill(0)] as Code,
    load: load([0xfd, 0], 4),
    load8x8S: load([0xfd, 1], 3),
    xor: simd(0x51),
    anyTrue: simd(0x53),
  },
  i8x16: {
    popcnt: simd(0x62),
    shuffle: (lanes: Code) => op(0xfd, 13, ...lanes),
  },
  i16x8: { extaddPairwiseU: simd(0x7d) },
  i32x4: { extaddPairwiseU: simd(0x7f), add: simd(0xae), dot: simd(0xba) },
  f32x4: {
    splat: simd(0x13),
    lane: (index: number) => op(0xfd, 0x1f, index),
    gt: simd(0x44),
    neg: simd(0xe1),
    add: simd(0xe4),
    mul: simd(0xe6),
    convertS: simd(0xfa),
  },
  return: [0x0f] as Code,
  call: (index: number, ...operands: Code[]): Code => [...operands.flat(), 0x10, ...leb(index)],
  if: (condition: Code, ...then: Code[]): Code => [...condition, 0x04, 0x40, ...then.flat(), 0x0b],
  /** `a`, and then `b`, which is evaluated only where `a` is not 0. */
  and: (a: Code, b: Code): Code => [...a, 0x04, 0x7f, ...b, 0x05, 0x41, 0, 0x0b],
  /** A loop whose condition is tested before each round. */
  while: (condition: Code, ...body: Code[]): Code => [
    ...[0x02, 0x40, 0x03, 0x40], // a block to leave, a loop to go round
    ...[...condition, 0x45, 0x0d, 1],
    ...body.flat(),
    ...[0x0c, 0, 0x0b, 0x0b],
  ],
} as const;

/** A signed number in LEB128. */
function signed(value: number): number[] {
  return value >= -64 && value < 64 ? [value & 127] : [(value & 127) | 128, ...signed(value >> 7)];
}

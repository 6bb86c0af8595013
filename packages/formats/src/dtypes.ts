/** Where the elements of an array lie: the element types of safetensors that a typed array can hold. */
export type Dtype =
  "F64" | "F32" | "F16" | "BF16" | "I64" | "I32" | "I16" | "I8" | "U64" | "U32" | "U16" | "U8" | "BOOL";

export type TypedArray =
  | Float64Array
  | Float32Array
  | BigInt64Array
  | BigUint64Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array;

interface Kind {
  /** Bytes of an element. */
  readonly width: number;
  /** The order of the reference implementation (`enum Dtype`, safetensors 0.8 `tensor.rs`), by which its files are sorted. */
  readonly rank: number;
  readonly array: new (buffer: ArrayBuffer) => TypedArray;
}

/**
 * The width in bytes, rank in a file and typed array of each element type.
 * F16 and BF16 are kept as their raw bits in a `Uint16Array` (`toFloat32` widens them); BOOL is a byte, 0 or 1.
 */
export const dtypes: Readonly<Record<Dtype, Kind>> = {
  BOOL: { width: 1, rank: 0, array: Uint8Array },
  U8: { width: 1, rank: 1, array: Uint8Array },
  I8: { width: 1, rank: 2, array: Int8Array },
  I16: { width: 2, rank: 3, array: Int16Array },
  U16: { width: 2, rank: 4, array: Uint16Array },
  F16: { width: 2, rank: 5, array: Uint16Array },
  BF16: { width: 2, rank: 6, array: Uint16Array },
  I32: { width: 4, rank: 7, array: Int32Array },
  U32: { width: 4, rank: 8, array: Uint32Array },
  F32: { width: 4, rank: 9, array: Float32Array },
  F64: { width: 8, rank: 10, array: Float64Array },
  I64: { width: 8, rank: 11, array: BigInt64Array },
  U64: { width: 8, rank: 12, array: BigUint64Array },
};

import { rowStride } from "./rowStride.ts";
import { scratchBytes } from "./scratchBytes.ts";
import { webAssembly, type WasmMemory } from "./webAssembly.ts";
import type { VectorDtype } from "./vectorDtype.ts";

/** Rows in memory that the scan's threads share; before them lie `scratchBytes`. */
export interface Block {
  readonly dtype: VectorDtype;
  readonly stride: number;
  readonly memory: WasmMemory;
  readonly codes: Uint8Array<SharedArrayBuffer>;
  readonly scales: Float32Array<SharedArrayBuffer>;
  /** A byte per row, 1 where a search with a filter may find it. */
  readonly mask: Uint8Array<SharedArrayBuffer>;
}

/** A block with room for this many rows, all of them zero. */
export function block(dtype: VectorDtype, dimensions: number, rows: number): Block {
  const stride = rowStride(dtype, dimensions);
  const room = 4 * Math.ceil(rows / 4); // the scan takes four rows at a time
  const pages = Math.ceil((scratchBytes + room * (stride + 5)) / 2 ** 16);
  const memory = new webAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  const buffer = memory.buffer;
  const scales = scratchBytes + room * stride;
  return {
    dtype,
    stride,
    memory,
    codes: new Uint8Array(buffer, scratchBytes, room * stride),
    scales: new Float32Array(buffer, scales, room),
    mask: new Uint8Array(buffer, scales + 4 * room, room),
  };
}

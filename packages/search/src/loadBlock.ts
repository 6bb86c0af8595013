import { UserError } from "@nearfar/formats";
import { readInto } from "./readInto.ts";
import type { FileHandle } from "node:fs/promises";
import type { Block } from "./block.ts";
import type { IndexLayout } from "./indexLayout.ts";

export interface LoadBlockOptions {
  first: number;
  rows: number;
  path: string;
}

/** Reads rows of an index file into a block; rows that the block pads come through a buffer. */
export async function loadBlock(
  handle: FileHandle,
  { codes, scales }: IndexLayout,
  { codes: target, scales: factors, stride }: Block,
  { first, rows, path }: LoadBlockOptions,
): Promise<void> {
  const { rowBytes } = codes;
  const at = codes.at + first * rowBytes;
  if (rowBytes === stride) await readInto(handle, target.subarray(0, rows * stride), { at, path });
  else {
    const most = Math.ceil(2 ** 20 / rowBytes);
    const buffer = new Uint8Array(most * rowBytes);
    for (let start = 0; start < rows; start += most) {
      const count = Math.min(most, rows - start);
      await readInto(handle, buffer.subarray(0, count * rowBytes), { at: at + start * rowBytes, path });
      for (let row = 0; row < count; row++)
        target.set(buffer.subarray(row * rowBytes, (row + 1) * rowBytes), (start + row) * stride);
    }
  }
  const part = factors.subarray(0, rows);
  await readInto(handle, new Uint8Array(part.buffer, part.byteOffset, part.byteLength), {
    at: scales.at + 4 * first,
    path,
  });
  const bad = part.findIndex((scale) => !(scale >= 0 && scale < Infinity));
  if (bad !== -1) throw new UserError(`${path}: row ${first + bad} has the scale ${part[bad]}. The file is damaged.`);
}

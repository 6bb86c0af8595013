import { UserError } from "./userError.ts";

/** The reference implementation's limit (`MAX_HEADER_SIZE`, `tensor.rs`). */
const maxHeaderBytes = 100_000_000;

/** The header's length in bytes, from the file's first eight; checked against the file and the format's limit before anything is allocated. */
export function safetensorsHeaderLength(first: Uint8Array, fileBytes: number, where: string): number {
  if (first.length < 8 || fileBytes < 8) {
    throw new UserError(`${where}: a safetensors file has at least 8 bytes; got ${fileBytes}`);
  }
  const length = new DataView(first.buffer, first.byteOffset, 8).getBigUint64(0, true);
  if (length > maxHeaderBytes) {
    throw new UserError(
      `${where}: the header claims ${length} bytes, over the limit of ${maxHeaderBytes}; not a safetensors file?`,
    );
  }
  if (Number(length) + 8 > fileBytes) {
    throw new UserError(
      `${where}: the header claims ${length} bytes, and the file has ${fileBytes}; was it cut off, or is it no safetensors file?`,
    );
  }
  return Number(length);
}

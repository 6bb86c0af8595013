import type { FileHandle } from "node:fs/promises";

/** Appends bytes to a file, a mebibyte at a time; called without bytes, it writes what is left. */
export function appendTo(handle: FileHandle): (bytes?: Uint8Array) => Promise<void> {
  const held = new Uint8Array(2 ** 20);
  let size = 0;
  return async (bytes) => {
    if (!bytes || size + bytes.length > held.length) {
      await handle.writeFile(held.subarray(0, size));
      size = 0;
    }
    if (bytes && bytes.length > held.length) await handle.writeFile(bytes);
    else if (bytes) {
      held.set(bytes, size);
      size += bytes.length;
    }
  };
}

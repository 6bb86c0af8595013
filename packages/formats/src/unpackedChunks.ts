import type { FileHandle } from "node:fs/promises";
import { createGunzip } from "node:zlib";

/** The bytes of a file in pieces, unpacked if it is gzipped; closes the handle however it ends. */
export async function* unpackedChunks(handle: FileHandle, gzipped: boolean): AsyncGenerator<Uint8Array> {
  const file = handle.createReadStream({ start: 0, highWaterMark: 2 ** 18 });
  const source = gzipped ? file.pipe(createGunzip({ chunkSize: 2 ** 17 })) : file;
  file.on("error", (error) => source.destroy(error)); // pipe does not hand errors on
  try {
    for await (const chunk of source) yield chunk as Uint8Array;
  } finally {
    source.destroy();
    file.destroy();
  }
}

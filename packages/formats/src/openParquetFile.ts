import { gunzip } from "node:zlib";
import { promisify } from "node:util";
import { parquetMetadataAsync } from "hyparquet";
import type { AsyncBuffer, FileMetaData } from "hyparquet";
import { openForReading } from "./openForReading.ts";
import { readExactly } from "./readExactly.ts";
import { UserError } from "./userError.ts";

export interface ParquetFile {
  readonly file: AsyncBuffer;
  readonly metadata: FileMetaData;
  close(): Promise<void>;
}

/** A packed parquet file is unpacked in memory: it is read from its end. */
const maxUnpackedBytes = 2 ** 30;

/** Opens a parquet file (gzipped as a whole if its name ends with `.gz`) and reads what it says of itself. */
export async function openParquetFile(path: string): Promise<ParquetFile> {
  const handle = await openForReading(path);
  try {
    const { size } = await handle.stat();
    const read = async (from: number, length: number) => (await readExactly(handle, { from, length, path })).buffer;
    let file = within(size, read);
    if (path.toLowerCase().endsWith(".gz")) {
      const whole = await unpacked(new Uint8Array(await file.slice(0)), path);
      file = within(whole.length, async (from, length) => whole.slice(from, from + length).buffer as ArrayBuffer);
    }
    return { file, metadata: await parquetMetadataAsync(file), close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Whatever the file claims of its ranges, it ends at its end. */
function within(size: number, read: (from: number, length: number) => Promise<ArrayBuffer>): AsyncBuffer {
  return {
    byteLength: size,
    async slice(from, to = size) {
      const start = Math.min(Math.max(from < 0 ? size + from : from, 0), size);
      return read(start, Math.max(0, Math.min(to, size) - start));
    },
  };
}

async function unpacked(bytes: Uint8Array, path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await promisify(gunzip)(bytes, { maxOutputLength: maxUnpackedBytes }));
  } catch (error) {
    const large = (error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE";
    const reason = large
      ? "larger than 1 GiB, unpack it (parquet packs its own columns)"
      : `not gzip, damaged or cut off: ${(error as Error).message}`;
    throw new UserError(`${path}: ${reason}`);
  }
}

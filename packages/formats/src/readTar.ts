import type { FileHandle } from "node:fs/promises";
import { extract } from "tar-stream";
import type { Extract } from "tar-stream";
import { fileError } from "./fileError.ts";
import { openForReading } from "./openForReading.ts";
import { safeEntryName } from "./safeEntryName.ts";
import { unpackedChunks } from "./unpackedChunks.ts";
import { UserError } from "./userError.ts";

/** A regular file inside an archive. */
export interface TarEntry {
  /** Path inside the archive with `/` between its parts: never absolute, never with `..`, without a leading `./`. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Where its bytes begin in the archive; only in one that is not compressed. */
  readonly offset: number | undefined;
  /** The bytes, in memory of their own. Only until the next entry is asked for. */
  read(): Promise<Uint8Array>;
}

export interface ReadTarOptions {
  /** A larger entry is refused when it is read (it can be passed over). */
  maxEntryBytes?: number;
  /** Headers of any kind. */
  maxEntries?: number;
  /** Bytes after unpacking: 16 GiB for a compressed archive (the guard against bombs), else none, as the file is as large as it is. */
  maxBytes?: number;
  /** Is told of a file whose name is unsafe, which is then passed over; without it such an archive is refused. */
  onUnsafe?: (error: UserError) => void;
}

/** Every block of a tar file has this size, and zeros in one end the archive (POSIX.1-1988, ustar). */
const block = 512;

/**
 * The regular files of a `.tar` or `.tar.gz` archive in their order, by stream; gzip is known by its first bytes.
 *
 * Links, folders and devices are passed over; a name that occurs twice comes twice. A damaged or cut archive (the
 * closing block of zeros is required), an unsafe name, or more than the options allow is a `UserError` that names the
 * archive and the last good entry.
 */
export async function* readTar(
  path: string,
  { maxEntryBytes = 64 * 2 ** 20, maxEntries = 1e7, maxBytes, onUnsafe }: ReadTarOptions = {},
): AsyncGenerator<TarEntry, void, undefined> {
  const handle = await openForReading(path);
  const compressed = await isGzip(path, handle);
  const meter: Meter = { bytes: 0, tail: new Uint8Array(0), limit: maxBytes ?? (compressed ? 16 * 2 ** 30 : Infinity) };
  const archive = extract();
  const entries = archive[Symbol.asyncIterator]();
  const pumping = pump(metered(unpackedChunks(handle, compressed), meter), archive);
  let last = ""; // the last entry that was there as a whole
  let end = 0;
  let count = 0;
  try {
    for (;;) {
      const next = await entries.next();
      if (next.done === true) break;
      const entry = next.value as Entry;
      if (++count > maxEntries) throw new UserError(`more than ${maxEntries} entries (option maxEntries)`);
      const { header, offset, size } = headerOf(entry);
      end = offset + Math.ceil(size / block) * block;
      if (header.type !== "file" && header.type !== "contiguous-file") {
        await drain(entry);
        continue;
      }
      const name = nameOf(header.name, onUnsafe);
      if (name === undefined) {
        await drain(entry);
        continue;
      }
      let reading: Promise<Uint8Array> | undefined;
      let passed = false;
      const read = async (): Promise<Uint8Array> => {
        if (size > maxEntryBytes) {
          throw new UserError(`"${name}" has ${size} bytes, over the limit of ${maxEntryBytes} (option maxEntryBytes)`);
        }
        return collect(entry, size);
      };
      yield {
        name,
        size,
        offset: compressed ? undefined : offset,
        read: () => {
          if (passed) throw new Error(`readTar: "${name}" must be read before the next entry is asked for`);
          return (reading ??= read().catch((error: unknown) => {
            throw explain(path, error, last);
          }));
        },
      };
      passed = true;
      await reading?.catch(() => undefined); // its caller has the error
      await drain(entry);
      last = name;
    }
    await pumping;
    if (meter.bytes < end + block || meter.tail.some((byte) => byte !== 0)) throw new Error("Unexpected end of data");
  } catch (error) {
    throw explain(path, error, last);
  } finally {
    archive.destroy();
    await pumping;
  }
}

type Entry = (Extract extends AsyncIterable<infer E> ? E : never) & AsyncIterable<Uint8Array>;

interface Meter {
  bytes: number;
  tail: Uint8Array; // the last 512 bytes
  readonly limit: number;
}

async function isGzip(path: string, handle: FileHandle): Promise<boolean> {
  const magic = new Uint8Array(6);
  await handle.read(magic, 0, 6, 0);
  const hex = Buffer.from(magic).toString("hex");
  const other = { "425a68": "bzip2", "28b52ffd": "zstd", fd377a585a00: "xz", "504b0304": "zip" };
  for (const [start, format] of Object.entries(other)) {
    if (!hex.startsWith(start)) continue;
    await handle.close();
    throw new UserError(`${path}: this is ${format}; pack it as .tar or .tar.gz`);
  }
  return hex.startsWith("1f8b");
}

async function* metered(chunks: AsyncIterable<Uint8Array>, meter: Meter): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    meter.bytes += chunk.length;
    if (meter.bytes > meter.limit) throw new UserError(`more than ${meter.limit} bytes unpacked (option maxBytes)`);
    meter.tail = Buffer.concat([meter.tail, chunk.subarray(-block)]).subarray(-block);
    yield chunk;
  }
}

/** Feeds the archive and waits when it is full; errors come out at the archive's other end. Never rejects. */
async function pump(chunks: AsyncIterable<Uint8Array>, archive: Extract): Promise<void> {
  try {
    for await (const chunk of chunks) {
      if (archive.destroyed) return;
      if (!archive.write(chunk)) await drainedOrClosed(archive);
    }
    archive.end(undefined);
  } catch (error) {
    archive.destroy(error as Error);
  }
}

function drainedOrClosed(archive: Extract): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      archive.off("drain", done).off("close", done);
      resolve();
    };
    archive.on("drain", done).on("close", done);
    if (archive.destroyed) done();
  });
}

/** `byteOffset`, where the data begins, is missing from the types of tar-stream. */
function headerOf(entry: Entry): { header: Entry["header"]; offset: number; size: number } {
  const header = entry.header as Entry["header"] & { byteOffset: number };
  return { header, offset: header.byteOffset, size: header.type === "directory" ? 0 : (header.size ?? 0) };
}

function nameOf(given: string, onUnsafe: ReadTarOptions["onUnsafe"]): string | undefined {
  try {
    return safeEntryName(given);
  } catch (error) {
    if (onUnsafe === undefined || !(error instanceof UserError)) throw error;
    onUnsafe(error);
    return undefined;
  }
}

async function collect(entry: Entry, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(size);
  let at = 0;
  for await (const chunk of entry) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** Passes over what was not read; an archive cut here throws. */
async function drain(entry: Entry): Promise<void> {
  if (entry.destroyed) return;
  for await (const _ of entry);
}

/** One line that names the archive, what is wrong and where. */
function explain(path: string, error: unknown, last: string): unknown {
  const known = fileError(path, error);
  if (known !== error) return known;
  if (!(error instanceof Error) || error.message.startsWith(`${path}: `)) return error;
  const where = last === "" ? "before its first entry was complete" : `after "${last}"`;
  if (error instanceof UserError) return new UserError(`${path}: ${error.message}, ${where}`);
  if (/unexpected end/i.test(error.message)) return new UserError(`${path}: the archive is cut off ${where}`);
  const damage = "code" in error ? /^Z_/.test(String(error.code)) : /header|checksum|tar/i.test(error.message);
  return damage ? new UserError(`${path}: not a tar archive, or damaged, ${where} (${error.message})`) : error;
}

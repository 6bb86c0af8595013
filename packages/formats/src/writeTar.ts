import type { FileHandle } from "node:fs/promises";
import { Readable } from "node:stream";
import { createGzip } from "node:zlib";
import { pack } from "tar-stream";
import type { Pack } from "tar-stream";
import { safeEntryName } from "./safeEntryName.ts";
import { writeFileAtomic } from "./writeFileAtomic.ts";

/** A file to put into an archive. */
export interface TarInput {
  readonly name: string;
  readonly data: Uint8Array;
}

/**
 * Writes a tar archive (ustar, with pax headers for long names), by stream and atomically; gzipped if `path` ends with `.gz` or `.tgz`.
 * The same entries give the same bytes: times are zero, owners are 0, modes are 0644. An unsafe name (absolute, `..`) is a `UserError`.
 */
export async function writeTar(path: string, entries: Iterable<TarInput> | AsyncIterable<TarInput>): Promise<void> {
  await writeFileAtomic(path, async (handle) => {
    const archive = pack();
    const filling = fill(archive, entries);
    const raw = Readable.from(archive as AsyncIterable<Uint8Array>, { objectMode: false });
    const chunks = /\.t?gz$/i.test(path) ? raw.pipe(createGzip()) : raw;
    raw.on("error", (error) => chunks.destroy(error));
    const copying = copy(chunks, handle).catch((error: unknown) => {
      archive.destroy(error as Error); // or `fill` would wait for ever
      throw error;
    });
    await Promise.all([filling, copying]);
  });
}

async function fill(archive: Pack, entries: Iterable<TarInput> | AsyncIterable<TarInput>): Promise<void> {
  try {
    for await (const { name: given, data } of entries) {
      const name = safeEntryName(given);
      await new Promise<void>((resolve, reject) => {
        archive.entry({ name, size: data.length, mode: 0o644, mtime: new Date(0) }, Buffer.from(data), (error) => {
          if (error) reject(error);
          else resolve();
        });
      });
    }
    archive.finalize();
  } catch (error) {
    archive.destroy(error as Error);
    throw error;
  }
}

async function copy(chunks: Readable, handle: FileHandle): Promise<void> {
  for await (const chunk of chunks) await handle.writeFile(chunk as Uint8Array);
}

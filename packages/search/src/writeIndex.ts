import { mkdtemp, open, rm, type FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileError, UserError, writeFileAtomic, type VectorRow } from "@nearfar/formats";
import { appendTo } from "./appendTo.ts";
import { encodeRow } from "./encodeRow.ts";
import { indexLayout, type IndexLayout } from "./indexLayout.ts";
import { limits } from "./limits.ts";
import { rowStride } from "./rowStride.ts";
import type { VectorDtype } from "./vectorDtype.ts";

export interface WriteIndexOptions {
  dtype?: VectorDtype;
}

/**
 * Writes an index of these rows to one file, by stream and atomically, and returns their number; `openIndex` opens it.
 *
 * The layout is `indexLayout`'s. Until all rows are known, what follows the vectors lies in a hidden folder beside the file.
 * UserError for no rows, for a row of another width than the first, for a number that is not finite, for an id above 64 KiB.
 */
export async function writeIndex(
  path: string,
  rows: AsyncIterable<VectorRow> | Iterable<VectorRow>,
  { dtype = "float32" }: WriteIndexOptions = {},
): Promise<number> {
  const folder = await mkdtemp(join(dirname(path), ".index-")).catch((error: unknown) => {
    throw fileError(path, error);
  });
  const parts: FileHandle[] = [];
  try {
    for (const name of ["codes", "scales", "idEnds", "ids"]) parts.push(await open(join(folder, name), "wx+"));
    let count = 0;
    await writeFileAtomic(path, async (handle) => {
      const layout = await writeRows(path, rows, dtype, [handle, ...parts]);
      for (const part of parts) await copy(part, handle);
      await handle.write(layout.header, 0, layout.header.length, 0);
      count = layout.rows;
    });
    return count;
  } finally {
    await Promise.all(parts.map((part) => part.close()));
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeRows(
  path: string,
  rows: AsyncIterable<VectorRow> | Iterable<VectorRow>,
  dtype: VectorDtype,
  files: FileHandle[],
): Promise<IndexLayout> {
  const append = files.map(appendTo);
  const [vectors, codes, scales, idEnds, ids] = append as [Append, Append, Append, Append, Append];
  await vectors(indexLayout({ dtype, rows: 1, dimensions: 1, idBytes: 0 }).header); // in its place when all is known
  let count = 0;
  let dimensions = 0;
  let idBytes = 0;
  for await (const { id, vector } of rows) {
    if (count === 0) dimensions = vector.length;
    check(path, id, vector, dimensions);
    const code = new Uint8Array(rowStride(dtype, dimensions));
    const scale = encodeRow(dtype, vector, code);
    const text = Buffer.from(id);
    if (text.length > limits.idBytes)
      throw new UserError(
        `${path}: an id takes at most ${limits.idBytes} bytes; got ${text.length}: ${id.slice(0, 40)}...`,
      );
    idBytes += text.length;
    await vectors(new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength));
    if (dtype !== "float32") await codes(code.subarray(0, Math.ceil((dimensions * (dtype === "int8" ? 8 : 1)) / 8)));
    await scales(new Uint8Array(Float32Array.of(scale).buffer));
    await idEnds(new Uint8Array(BigUint64Array.of(BigInt(idBytes)).buffer));
    await ids(text);
    count++;
  }
  if (count === 0) throw new UserError(`${path}: an index has at least one row; got none. Is the input empty?`);
  await Promise.all(append.map((flush) => flush()));
  return indexLayout({ dtype, rows: count, dimensions, idBytes });
}

type Append = ReturnType<typeof appendTo>;

function check(path: string, id: string, vector: Float32Array, dimensions: number): void {
  if (dimensions < 1 || dimensions > limits.dimensions)
    throw new UserError(`${path}: vectors have 1 to ${limits.dimensions} numbers; "${id}" has ${dimensions}.`);
  if (vector.length !== dimensions)
    throw new UserError(
      `${path}: all vectors have one width; "${id}" has ${vector.length} numbers, the first ${dimensions}. Are they of one encoder?`,
    );
  if (!vector.every(Number.isFinite)) throw new UserError(`${path}: "${id}" has a number that is not finite.`);
}

async function copy(from: FileHandle, to: FileHandle): Promise<void> {
  const buffer = new Uint8Array(2 ** 20);
  for (let at = 0; ;) {
    const { bytesRead } = await from.read(buffer, 0, buffer.length, at);
    if (bytesRead === 0) return;
    await to.writeFile(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
}

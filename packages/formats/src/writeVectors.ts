import type { FileHandle } from "node:fs/promises";
import { ByteWriter, parquetWriteRows } from "hyparquet-writer";
import { npyHeader } from "./npyHeader.ts";
import { npyIdsPath } from "./npyIdsPath.ts";
import { vectorFormat } from "./vectorFormat.ts";
import type { VectorOptions, VectorRow } from "./vectorRow.ts";
import { writeFileAtomic } from "./writeFileAtomic.ts";

type Rows = AsyncIterable<VectorRow>;

/**
 * Writes vectors by stream, atomically, in the format of the extension, and returns their number:
 *
 * - `.jsonl`: a line `{"path":"a.png","vector":[...]}` each; nine digits, which give back the same float32 (-0 as 0)
 * - `.parquet`: columns `path` (string) and `vector` (list of float)
 * - `.npy`: the matrix, float32 `[n, d]`; the ids as lines `{"path":"a.png"}` in `<name>.ids.jsonl` beside it
 *
 * `idName` replaces "path". Throws if a vector has another length than the first, or a number that is not finite.
 */
export async function writeVectors(
  path: string,
  rows: AsyncIterable<VectorRow> | Iterable<VectorRow>,
  { idName = "path" }: VectorOptions = {},
): Promise<number> {
  const format = vectorFormat(path);
  const tally = { count: 0 };
  const checked = check(rows, tally);
  if (format === ".jsonl") await writeFileAtomic(path, (handle) => writeJsonLines(handle, checked, idName));
  else if (format === ".parquet") await writeFileAtomic(path, (handle) => writeParquet(handle, checked, idName));
  else {
    // One inside the other, so that the two renames follow each other at once.
    await writeFileAtomic(npyIdsPath(path), (ids) =>
      writeFileAtomic(path, (matrix) => writeMatrix(matrix, ids, checked, idName)),
    );
  }
  return tally.count;
}

async function* check(rows: AsyncIterable<VectorRow> | Iterable<VectorRow>, tally: { count: number }): Rows {
  let width: number | undefined;
  for await (const row of rows) {
    const { id, vector } = row;
    width ??= vector.length;
    if (vector.length !== width) {
      throw new Error(`writeVectors: "${id}" has ${vector.length} numbers, and the first vector ${width}`);
    }
    if (!vector.every(Number.isFinite)) throw new Error(`writeVectors: "${id}" has a number that is not finite`);
    tally.count++;
    yield row;
  }
}

async function writeJsonLines(handle: FileHandle, rows: Rows, idName: string): Promise<void> {
  const write = buffered(handle);
  for await (const { id, vector } of rows) {
    const numbers = Array.from(vector, (value) => Number(value.toPrecision(9)));
    await write(`${JSON.stringify({ [idName]: id, vector: numbers })}\n`);
  }
  await write();
}

/** The header goes in front when the number of rows is known; numpy leaves room in it for that. */
async function writeMatrix(matrix: FileHandle, ids: FileHandle, rows: Rows, idName: string): Promise<void> {
  const write = buffered(ids);
  let count = 0;
  let width = 0;
  for await (const { id, vector } of rows) {
    if (count === 0) {
      width = vector.length;
      await matrix.writeFile(npyHeader("F32", [0, width]));
    }
    await matrix.writeFile(new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength));
    await write(`${JSON.stringify({ [idName]: id })}\n`);
    count++;
  }
  await write();
  const header = npyHeader("F32", [count, width]);
  await matrix.write(header, 0, header.length, 0);
}

/** Rows a group: bounds the memory that writing takes. */
const rowGroupSize = 4096;

async function writeParquet(handle: FileHandle, rows: Rows, idName: string): Promise<void> {
  const writer = new ByteWriter();
  const flush = async (): Promise<void> => {
    await handle.writeFile(writer.getBytes());
    writer.index = 0;
  };
  async function* records(): AsyncGenerator<Record<string, unknown>> {
    for await (const { id, vector } of rows) yield { [idName]: id, vector: Array.from(vector) };
  }
  await parquetWriteRows({
    writer: Object.assign(writer, { flush, finish: flush }),
    rows: records(),
    rowGroupSize,
    columns: [{ name: idName }, { name: "vector", codec: "UNCOMPRESSED", encoding: "PLAIN" }], // floats do not shrink
    schema: [
      { name: "root", num_children: 2 },
      { name: idName, type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "REQUIRED" },
      { name: "vector", converted_type: "LIST", num_children: 1, repetition_type: "REQUIRED" },
      { name: "list", num_children: 1, repetition_type: "REPEATED" },
      { name: "element", type: "FLOAT", repetition_type: "REQUIRED" },
    ],
  });
}

/** Collects text and writes it in pieces of a megabyte; without text, what is left. */
function buffered(handle: FileHandle): (text?: string) => Promise<void> {
  let held = "";
  return async (text) => {
    held += text ?? "";
    if (text !== undefined && held.length < 2 ** 20) return;
    const full = held;
    held = "";
    await handle.writeFile(full);
  };
}

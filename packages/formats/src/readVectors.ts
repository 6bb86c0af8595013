import { npyIdsPath } from "./npyIdsPath.ts";
import { openForReading } from "./openForReading.ts";
import { parseNpyHeader } from "./parseNpyHeader.ts";
import { readExactly } from "./readExactly.ts";
import { readJsonLines } from "./readJsonLines.ts";
import { readParquetColumns } from "./readParquetColumns.ts";
import { UserError } from "./userError.ts";
import { vectorFormat } from "./vectorFormat.ts";
import type { VectorOptions, VectorRow } from "./vectorRow.ts";

/**
 * The vectors of a `.jsonl`, `.parquet` or `.npy` file as `writeVectors` lays them out, by stream.
 * Rows without an id or of different lengths, numbers that are not finite, and damaged files are a `UserError`.
 */
export async function* readVectors(
  path: string,
  { idName = "path" }: VectorOptions = {},
): AsyncGenerator<VectorRow, void, undefined> {
  const format = vectorFormat(path);
  const records =
    format === ".jsonl"
      ? readJsonLines(path)
      : format === ".parquet"
        ? readParquetColumns(path, [idName, "vector"])
        : npy(path);
  let width: number | undefined;
  let number = 0;
  for await (const record of records) {
    const row = toRow(record, idName, `${path}: row ${++number}`);
    width ??= row.vector.length;
    if (row.vector.length !== width) {
      throw new UserError(`${path}: row ${number} has ${row.vector.length} numbers, and the first ${width}`);
    }
    yield row;
  }
}

function toRow(record: unknown, idName: string, where: string): VectorRow {
  if (typeof record !== "object" || record === null) throw new UserError(`${where} is no object`);
  const { [idName]: id, vector } = record as Record<string, unknown>;
  if (typeof id !== "string") {
    throw new UserError(`${where} has no text "${idName}"; it has ${Object.keys(record).slice(0, 9).join(", ")}`);
  }
  if (!isNumbers(vector)) throw new UserError(`${where}: "vector" must be a list of finite numbers`);
  return { id, vector: vector instanceof Float32Array ? vector : Float32Array.from(vector) };
}

function isNumbers(value: unknown): value is number[] | Float32Array | Float64Array {
  if (value instanceof Float32Array || value instanceof Float64Array) return value.every(Number.isFinite);
  return Array.isArray(value) && value.every(Number.isFinite);
}

async function* npy(path: string): AsyncGenerator<unknown> {
  const handle = await openForReading(path);
  try {
    const { size } = await handle.stat();
    const first = await readExactly(handle, { from: 0, length: Math.min(size, 10_012), path });
    const { dtype, shape, start } = parseNpyHeader(first, size, path);
    const [rows, width] = shape;
    if (dtype !== "F32" || rows === undefined || width === undefined || shape.length !== 2) {
      throw new UserError(`${path}: vectors are F32 [n, d]; got ${dtype} [${shape.join(", ")}]`);
    }
    const idsPath = npyIdsPath(path);
    let row = 0;
    for await (const id of readJsonLines(idsPath)) {
      if (row === rows) throw new UserError(`${idsPath} has more ids than the ${rows} rows of ${path}`);
      const bytes = await readExactly(handle, { from: start + row++ * width * 4, length: width * 4, path });
      yield { ...(id as object), vector: new Float32Array(bytes.buffer) };
    }
    if (row < rows) throw new UserError(`${idsPath} has ${row} ids for the ${rows} rows of ${path}`);
  } finally {
    await handle.close();
  }
}

import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { parquetScan, parquetSchema } from "hyparquet";
import type { Compressors, FileMetaData } from "hyparquet";
import { openParquetFile } from "./openParquetFile.ts";
import { UserError } from "./userError.ts";

/** Rows of a group: writers cut at a million at most (Arrow's default), and a hostile file may claim 2^63. */
const maxGroupRows = 2 ** 24;

/** Codecs beside hyparquet's own (none and snappy); the page says how long it is unpacked. */
const compressors: Compressors = {
  GZIP: (packed, length) => gunzipSync(packed, { maxOutputLength: Math.max(1, length) }),
  BROTLI: (packed, length) => brotliDecompressSync(packed, { maxOutputLength: Math.max(1, length) }),
};

/**
 * The columns of a parquet file, a row group at a time: for each column that was asked for the values of all rows of the group.
 * A missing column, and a file that is damaged or no parquet, is a `UserError` that names the file.
 *
 * Ranges, columns and row counts are checked here. The pages are decoded by hyparquet, which trusts the lengths of their
 * runs: a file made with ill intent can cost it any time and memory (`guardedParquetGroups`).
 */
export async function* readParquetGroups(
  path: string,
  columns: readonly string[],
): AsyncGenerator<readonly ArrayLike<unknown>[], void, undefined> {
  let close = async (): Promise<void> => {};
  try {
    const opened = await openParquetFile(path);
    close = () => opened.close();
    const { file, metadata } = opened;
    checkColumns(metadata, columns, path);
    const scan = await parquetScan({ file, metadata, columns: [...columns], useOffsetIndex: false, compressors });
    let rowStart = 0;
    for (const { num_rows } of metadata.row_groups) {
      const rows = Number(num_rows);
      const read: ArrayLike<unknown>[] = [];
      // One after the other: hyparquet can leave the rejection of a second one unhandled, which ends the process.
      for (const column of columns) read.push(await scan.readColumn({ column, rowStart, rowEnd: rowStart + rows }));
      if (read.some((values) => values.length !== rows)) throw new Error(`columns are not ${rows} rows long`);
      yield read;
      rowStart += rows;
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${path}: not a parquet file, damaged or cut off: ${(error as Error).message}`);
  } finally {
    await close();
  }
}

/** Each column is there and, in each row group, a single chunk of values: a text, a number or a list of these. */
function checkColumns(metadata: FileMetaData, columns: readonly string[], path: string): void {
  const names = parquetSchema(metadata).children.map(({ element }) => element.name);
  for (const column of columns) {
    if (!names.includes(column)) {
      throw new UserError(`${path} has no column "${column}"; it has ${names.slice(0, 9).join(", ")}`);
    }
  }
  for (const group of metadata.row_groups) {
    if (!(group.num_rows >= 0 && group.num_rows <= maxGroupRows)) {
      throw new UserError(`${path}: a row group of ${group.num_rows} rows; at most ${maxGroupRows} were expected`);
    }
    for (const column of columns) {
      const chunks = group.columns.filter(({ meta_data }) => meta_data?.path_in_schema[0] === column);
      if (chunks.length !== 1) {
        throw new UserError(
          `${path}: column "${column}" must be values or lists of values; it has ${chunks.length} parts`,
        );
      }
    }
  }
}

import { extname } from "node:path";
import { openCsvTable } from "./openCsvTable.ts";
import { openJsonTable } from "./openJsonTable.ts";
import { openParquetTable } from "./openParquetTable.ts";
import { openTextTable } from "./openTextTable.ts";
import { openTsvTable } from "./openTsvTable.ts";
import type { Table } from "./table.ts";
import { UserError } from "./userError.ts";

export interface OpenTableOptions {
  /** Whether the first row of `.csv` and `.tsv` names the columns; else they are "1", "2", ... */
  readonly header?: boolean;
  /** Bytes of a line or a CSV row; a longer one is a `UserError`. */
  readonly maxLineBytes?: number;
  /** Seconds that a row group of a `.parquet` may take; one that takes longer is a `UserError`. */
  readonly groupSeconds?: number;
}

/**
 * A table by its extension: `.txt` (a text a line), `.csv`, `.tsv`, `.jsonl`, `.ndjson`, `.json` (an object a line) or
 * `.parquet`, each gzipped too (`.txt.gz`).
 *
 * It is read by stream, in memory of about the longest line (a row group in parquet). What is wrong with a file is a `UserError` that
 * names it and the line, `pairs.tsv:12: ...`: a missing column, rows of different numbers of cells, bytes that are not UTF-8, a line
 * above `maxLineBytes` (16 MiB), JSON or gzip that is damaged. Blank lines are counted and passed over.
 */
export async function openTable(
  path: string,
  { header = true, maxLineBytes = 2 ** 24, groupSeconds = 60 }: OpenTableOptions = {},
): Promise<Table> {
  const extension = extname(path.replace(/\.gz$/i, "")).toLowerCase();
  switch (extension) {
    case ".txt":
      return openTextTable(path, { maxLineBytes });
    case ".tsv":
      return openTsvTable(path, { header, maxLineBytes });
    case ".csv":
      return openCsvTable(path, { header, maxLineBytes });
    case ".jsonl":
    case ".ndjson":
    case ".json":
      return openJsonTable(path, { maxLineBytes });
    case ".parquet":
      return openParquetTable(path, { groupSeconds });
    default:
      throw new UserError(
        `${path}: a table is a .txt, .csv, .tsv, .jsonl or .parquet file, gzipped or not; got "${extension}"`,
      );
  }
}

import { readParquetGroups } from "./readParquetGroups.ts";

/** The rows of a parquet file as objects of these columns; errors and limits as `readParquetGroups`. */
export async function* readParquetColumns(
  path: string,
  columns: readonly string[],
): AsyncGenerator<Record<string, unknown>, void, undefined> {
  for await (const group of readParquetGroups(path, columns)) {
    const rows = group[0]?.length ?? 0;
    for (let row = 0; row < rows; row++) {
      yield Object.fromEntries(columns.map((column, i) => [column, group[i]![row] as unknown]));
    }
  }
}

import { parquetSchema } from "hyparquet";
import { columnPlaces } from "./columnPlaces.ts";
import { guardedParquetGroups } from "./guardedParquetGroups.ts";
import type { GuardedParquetGroupsOptions } from "./guardedParquetGroups.ts";
import { openParquetFile } from "./openParquetFile.ts";
import type { Table, TableRow } from "./table.ts";
import { UserError } from "./userError.ts";

/** Rows yielded together. */
const size = 1024;

/** The columns of a parquet file, a row group in memory at a time, decoded by a thread that is stopped where it does not end. */
export async function openParquetTable(path: string, options: GuardedParquetGroupsOptions): Promise<Table> {
  const columns = await names(path);
  return {
    path,
    columns,
    async *read(wanted) {
      columnPlaces(path, columns, wanted);
      let before = 0; // rows of the groups before
      for await (const group of guardedParquetGroups(path, wanted, options)) {
        const length = group[0]?.length ?? 0;
        for (let begin = 0; begin < length; begin += size) {
          const rows: TableRow[] = [];
          for (let i = begin; i < Math.min(begin + size, length); i++) {
            rows.push({ row: before + i + 1, values: group.map((values) => values[i]) });
          }
          yield { rows, blank: 0 };
        }
        before += length;
      }
    },
  };
}

async function names(path: string): Promise<string[]> {
  try {
    const { metadata, close } = await openParquetFile(path);
    await close();
    return parquetSchema(metadata).children.map(({ element }) => element.name);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${path}: not a parquet file, damaged or cut off: ${(error as Error).message}`);
  }
}

import { columnPlaces } from "./columnPlaces.ts";
import { headerColumns } from "./headerColumns.ts";
import type { TsvOptions } from "./openTsvTable.ts";
import { readCsv } from "./readCsv.ts";
import type { Table } from "./table.ts";

/** Cells parted by commas, those with a comma, a quotation mark or a line break in quotation marks. */
export async function openCsvTable(path: string, { header, maxLineBytes }: TsvOptions): Promise<Table> {
  const columns = headerColumns(path, await firstCells(path, maxLineBytes), header);
  return {
    path,
    columns,
    async *read(wanted) {
      const places = columnPlaces(path, columns, wanted);
      let passed = !header;
      for await (const { rows, blank } of readCsv(path, { maxLineBytes })) {
        const own = passed ? rows : rows.slice(1);
        passed ||= rows.length > 0;
        yield { rows: own.map(({ line, cells }) => ({ row: line, values: places.map((at) => cells[at]) })), blank };
      }
    },
  };
}

async function firstCells(path: string, maxLineBytes: number): Promise<readonly string[] | undefined> {
  for await (const { rows } of readCsv(path, { maxLineBytes })) if (rows.length > 0) return rows[0]!.cells;
  return undefined;
}

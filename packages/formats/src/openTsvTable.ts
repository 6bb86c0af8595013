import { columnPlaces } from "./columnPlaces.ts";
import { headerColumns } from "./headerColumns.ts";
import { readLines } from "./readLines.ts";
import type { Table, TableRow } from "./table.ts";
import { UserError } from "./userError.ts";

export interface TsvOptions {
  readonly header: boolean;
  readonly maxLineBytes: number;
}

/** Cells parted by tabs and by nothing else: a quotation mark is a character like any other. */
export async function openTsvTable(path: string, { header, maxLineBytes }: TsvOptions): Promise<Table> {
  const columns = headerColumns(path, await firstLine(path, maxLineBytes), header);
  return {
    path,
    columns,
    async *read(wanted) {
      const places = columnPlaces(path, columns, wanted);
      let passed = !header;
      for await (const { lines, first } of readLines(path, { maxLineBytes })) {
        const rows: TableRow[] = [];
        let blank = 0;
        for (let i = 0; i < lines.length; i++) {
          if (lines[i] === "") {
            blank++;
            continue;
          }
          const cells = lines[i]!.split("\t");
          if (cells.length !== columns.length) {
            throw new UserError(
              `${path}:${first + i}: ${cells.length} cells, and the first line has ${columns.length}. Is a tab missing or within a text?`,
            );
          }
          if (passed) rows.push({ row: first + i, values: places.map((place) => cells[place]) });
          passed = true;
        }
        yield { rows, blank };
      }
    },
  };
}

async function firstLine(path: string, maxLineBytes: number): Promise<string[] | undefined> {
  for await (const { lines } of readLines(path, { maxLineBytes })) {
    const line = lines.find((one) => one !== "");
    if (line !== undefined) return line.split("\t");
  }
  return undefined;
}

import { columnPlaces } from "./columnPlaces.ts";
import { isBlank } from "./isBlank.ts";
import { openForReading } from "./openForReading.ts";
import { readLines } from "./readLines.ts";
import type { Table, TableRow } from "./table.ts";

/** A text a line, in the column "text"; blank lines part documents. */
export async function openTextTable(path: string, { maxLineBytes }: { maxLineBytes: number }): Promise<Table> {
  await (await openForReading(path)).close();
  const columns = ["text"];
  return {
    path,
    columns,
    async *read(wanted) {
      const places = columnPlaces(path, columns, wanted);
      let document = 0;
      let begun = false; // the document has a line
      for await (const { lines, first } of readLines(path, { maxLineBytes })) {
        const rows: TableRow[] = [];
        for (let i = 0; i < lines.length; i++) {
          const text = lines[i]!;
          if (!isBlank(text)) {
            rows.push({ row: first + i, values: places.map(() => text), document });
            begun = true;
          } else if (begun) {
            document++;
            begun = false;
          }
        }
        yield { rows, blank: lines.length - rows.length };
      }
    },
  };
}

import type { Table } from "@nearfar/formats";
import { exampleReader } from "./exampleReader.ts";
import type { TextExample } from "./textExample.ts";
import type { TextColumns } from "./textRoles.ts";

/** A file and what its columns are. */
export interface TextTable {
  readonly table: Table;
  readonly columns: TextColumns;
}

export interface ReadTextRowsOptions {
  /** Only rows with this value in this column. */
  readonly where: Readonly<Record<string, string>>;
  /** The lowest and highest score; without it scores stay as they are. */
  readonly range?: readonly [number, number] | undefined;
  /** Counts what is passed over. */
  readonly counts?: { blank: number };
}

/** The examples of these files, one file after the other; errors as `exampleReader`. */
export async function* readTextRows(
  tables: readonly TextTable[],
  { where, range, counts = { blank: 0 } }: ReadTextRowsOptions,
): AsyncGenerator<TextExample, void, undefined> {
  for (const { table, columns } of tables) {
    const { texts, score, label, document } = columns;
    const used = [...texts, score, label, document, ...Object.keys(where)].filter((name) => name !== undefined);
    const names = [...new Set(used)];
    const wanted = Object.entries(where).map(([name, value]) => ({ at: names.indexOf(name), value }));
    const read = exampleReader({ path: table.path, names, columns, range });
    for await (const { rows, blank } of table.read(names)) {
      counts.blank += blank;
      for (const row of rows) {
        if (wanted.length > 0 && wanted.some(({ at, value }) => String(row.values[at]) !== value)) continue;
        const example = read(row);
        if (example === undefined) counts.blank++;
        else yield example;
      }
    }
  }
}

import { UserError } from "./userError.ts";

/** The names of a file's columns by its first row: its cells, or their numbers from 1 where it is a row like the others. */
export function headerColumns(path: string, cells: readonly string[] | undefined, header: boolean): string[] {
  if (cells === undefined)
    throw new UserError(`${path}: the file is empty${header ? "; a line with the columns' names was expected" : ""}`);
  if (!header) return cells.map((_, i) => String(i + 1));
  const names = cells.map((name) => name.trim());
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new UserError(
      `${path}:1: two columns are named "${twice.slice(0, 60)}". Is the first line a row and no header?`,
    );
  }
  return names;
}

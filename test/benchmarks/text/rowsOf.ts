import { openTable } from "@nearfar/formats";

/** These columns of a table, row after row, as texts. */
export async function* rowsOf(
  path: string,
  columns: readonly string[],
  { header = true } = {},
): AsyncGenerator<string[], void, undefined> {
  const table = await openTable(path, { header });
  for await (const { rows } of table.read(columns)) for (const { values } of rows) yield values.map(String);
}

import { existsSync } from "node:fs";
import { openTable, UserError } from "@nearfar/formats";

/** Classes, or templates, as a flag names them: the lines of a `.txt` file that is there, else the words between commas. UserError for doubles and fewer than `least`. */
export async function listed(flag: string, value: string, { least }: { least: number }): Promise<readonly string[]> {
  const file = /\.txt(\.gz)?$/i.test(value) || existsSync(value);
  const names = (file ? await lines(value) : value.split(",")).map((name) => name.trim()).filter((name) => name !== "");
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new UserError(`${flag}: ${JSON.stringify(twice)} stands there twice.`);
  if (names.length < least)
    throw new UserError(
      `${flag}: at least ${least} ${least === 1 ? "line" : "names"} were expected, a file with one a line, or a,b,c; got ${names.length}.`,
    );
  return names;
}

async function lines(file: string): Promise<string[]> {
  const table = await openTable(file);
  const found: string[] = [];
  for await (const { rows } of table.read(table.columns.slice(0, 1)))
    for (const { values } of rows) found.push(String(values[0]));
  return found;
}

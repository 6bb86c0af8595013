import { columnPlaces } from "./columnPlaces.ts";
import { isBlank } from "./isBlank.ts";
import { readLines } from "./readLines.ts";
import type { Table, TableRow } from "./table.ts";
import { UserError } from "./userError.ts";

/** An object a line; the first says which columns there are, and each has those that are read. */
export async function openJsonTable(path: string, { maxLineBytes }: { maxLineBytes: number }): Promise<Table> {
  const columns = await firstKeys(path, maxLineBytes);
  return {
    path,
    columns,
    async *read(wanted) {
      columnPlaces(path, columns, wanted);
      for await (const { lines, first } of readLines(path, { maxLineBytes })) {
        const rows: TableRow[] = [];
        for (let i = 0; i < lines.length; i++) {
          if (isBlank(lines[i]!)) continue;
          const object = parsed(lines[i]!, `${path}:${first + i}`);
          const missing = wanted.find((name) => !Object.hasOwn(object, name));
          if (missing !== undefined) {
            throw new UserError(`${path}:${first + i}: no "${missing}"; it has ${listed(Object.keys(object))}`);
          }
          rows.push({ row: first + i, values: wanted.map((name) => object[name]) });
        }
        yield { rows, blank: lines.length - rows.length };
      }
    },
  };
}

async function firstKeys(path: string, maxLineBytes: number): Promise<string[]> {
  for await (const { lines, first } of readLines(path, { maxLineBytes })) {
    const i = lines.findIndex((line) => !isBlank(line));
    if (i >= 0) return Object.keys(parsed(lines[i]!, `${path}:${first + i}`));
  }
  throw new UserError(`${path}: the file is empty; an object a line was expected`);
}

function parsed(line: string, where: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    const list = line.trimStart().startsWith("[")
      ? " A list over many lines is no JSON Lines file: write an object a line."
      : "";
    throw new UserError(`${where}: not a line of JSON: ${(error as Error).message.slice(0, 200)}.${list}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new UserError(`${where}: an object was expected; got ${line.slice(0, 60)}`);
  }
  return value as Record<string, unknown>;
}

function listed(names: readonly string[]): string {
  return names.length === 0
    ? "nothing"
    : names
        .slice(0, 9)
        .map((name) => `"${name.slice(0, 60)}"`)
        .join(", ");
}

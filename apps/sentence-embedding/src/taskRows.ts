import { UserError, type Table } from "@nearfar/formats";
import { taskRow, type TaskRow } from "./taskRow.ts";

/**
 * The rows of a table that have these values, with the columns that are named by what they are to the task.
 *
 * A column that is not there and a value that no row has are a `UserError` that lists those that are.
 */
export async function taskRows(
  table: Table,
  columns: Readonly<Record<string, string>>,
  where: Readonly<Record<string, string>> = {},
): Promise<TaskRow[]> {
  const roles = Object.keys(columns);
  const filters = Object.entries(where);
  const wanted = [...new Set([...Object.values(columns), ...filters.map(([name]) => name)])];
  const place = (name: string) => wanted.indexOf(name);
  const seen = new Map(filters.map(([name]) => [name, new Set<string>()]));
  const found: TaskRow[] = [];
  for await (const { rows } of table.read(wanted))
    for (const { row, values } of rows) {
      const kept = filters.map(([name, value]) => {
        const own = String(values[place(name)]);
        const others = seen.get(name)!;
        if (own === value || others.size < SHOWN) others.add(own);
        return own === value;
      });
      if (kept.every(Boolean))
        found.push(
          taskRow(`${table.path}:${row}`, new Map(roles.map((role) => [role, values[place(columns[role]!)]]))),
        );
    }
  if (found.length > 0) return found;
  const strange = filters.find(([name, value]) => !seen.get(name)!.has(value));
  if (!strange)
    throw new UserError(
      `${table.path}: no row${filters.length > 0 ? ` with ${filters.map((one) => one.join("=")).join(" and ")}` : ""}.`,
    );
  const known = [...seen.get(strange[0])!].map((value) => JSON.stringify(value.slice(0, 60)));
  throw new UserError(
    `${table.path}: no row has ${strange[0]}=${strange[1]}; its values are ${known.join(", ") || "none"}.`,
  );
}

/** Values that an error lists. */
const SHOWN = 9;

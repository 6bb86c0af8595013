import { UserError, type Table } from "@nearfar/formats";
import type { Task } from "./task.ts";
import { taskTypes } from "./taskTypes.ts";

/** The column of the table for each that the task reads: that which the task names, or one of its usual name; without one a `UserError`. */
export function taskColumns(table: Table, { type, columns, header, spec }: Task): Readonly<Record<string, string>> {
  const roles = Object.entries<readonly string[]>(taskTypes[type]);
  if (!header && Object.keys(columns).length === 0 && table.columns.length === roles.length)
    return Object.fromEntries(roles.map(([role], i) => [role, table.columns[i]!]));
  const places = roles.map(([role, names]) => {
    const given = columns[role];
    if (given !== undefined) return [role, given];
    const found = names
      .map((name) => table.columns.find((column) => column.toLowerCase() === name))
      .find((one) => one !== undefined);
    if (found !== undefined) return [role, found];
    const listed = table.columns.slice(0, 9).map((name) => JSON.stringify(name.slice(0, 60)));
    throw new UserError(
      `${table.path}: ${type} reads ${roles.map(([name]) => name).join(", ")}; of the columns ${listed.join(", ")} none is "${role}". ` +
        `Say which: ${spec}${spec.includes("?") ? "&" : "?"}${role}=COLUMN${header ? ", or header=no where the first row is data" : ""}.`,
    );
  });
  return Object.fromEntries(places) as Record<string, string>;
}

import { choice } from "@nearfar/command";
import type { OpenTextsOptions, TextRole } from "@nearfar/data";
import { UserError } from "@nearfar/formats";
import { textRoleNames } from "./textRoleNames.ts";
import type { ColumnFlags } from "./withColumnFlags.ts";

/** The columns and rows that the flags of `withColumnFlags` name; a malformed flag is a `UserError`. */
export function columnOptions({ column = [], where = [], scores, header = true }: ColumnFlags): OpenTextsOptions {
  const columns: Partial<Record<TextRole, string[]>> = {};
  for (const flag of column) {
    const [role, name] = split("--column", flag);
    (columns[choice("role", role, textRoleNames)] ??= []).push(name);
  }
  return {
    columns,
    header,
    where: Object.fromEntries(where.map((flag) => split("--where", flag))),
    ...(scores !== undefined && { range: rangeOf(scores) }),
  };
}

function split(flag: string, value: string): [string, string] {
  const at = value.indexOf("=");
  if (at < 1) throw new UserError(`${flag}: NAME=VALUE was expected; got ${JSON.stringify(value)}.`);
  return [value.slice(0, at), value.slice(at + 1)];
}

function rangeOf(value: string): [number, number] {
  const [lowest, highest, more] = value.split(",").map(Number);
  if (lowest === undefined || highest === undefined || more !== undefined || !(lowest < highest))
    throw new UserError(`--scores: LOWEST,HIGHEST was expected, such as 0,5; got ${JSON.stringify(value)}.`);
  return [lowest, highest];
}

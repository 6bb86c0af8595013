import { UserError, type TableRow } from "@nearfar/formats";
import type { TextColumns } from "./textRoles.ts";
import type { TextExample } from "./textExample.ts";

export interface ExampleReaderOptions {
  /** The file, for errors and for the example. */
  readonly path: string;
  /** The names of the rows' values. */
  readonly names: readonly string[];
  readonly columns: TextColumns;
  /** The lowest and highest score; without it scores stay as they are. */
  readonly range: readonly [number, number] | undefined;
}

/**
 * A function from a row to its example, or to undefined where a text of it is blank.
 * A cell of the wrong kind is a `UserError` that names file and row.
 */
export function exampleReader({
  path,
  names,
  columns,
  range,
}: ExampleReaderOptions): (row: TableRow) => TextExample | undefined {
  const places = columns.texts.map((name) => names.indexOf(name));
  const place = (name: string | undefined) => (name === undefined ? undefined : names.indexOf(name));
  const scoreAt = place(columns.score);
  const labelAt = place(columns.label);
  const documentAt = place(columns.document);
  return ({ values, row, document: block }) => {
    const texts: string[] = [];
    for (const at of places) {
      const value = values[at];
      if (value === null || value === undefined) return undefined;
      if (typeof value !== "string")
        throw new UserError(`${path}:${row}: "${names[at]}" must be a text; got ${shown(value)}`);
      if (value.trim() === "") return undefined;
      texts.push(value);
    }
    const example: { -readonly [name in keyof TextExample]: TextExample[name] } = { texts, file: path, row };
    const document = documentAt === undefined ? block : values[documentAt];
    if (document !== undefined) example.document = String(document);
    if (scoreAt !== undefined) example.score = score(values[scoreAt], range, `${path}:${row}: "${columns.score}"`);
    if (labelAt !== undefined) example.label = label(values[labelAt], `${path}:${row}: "${columns.label}"`);
    return example;
  };
}

/** (score - lowest) / (highest - lowest). */
function score(value: unknown, range: readonly [number, number] | undefined, where: string): number {
  const given = typeof value === "number" || typeof value === "bigint" || (typeof value === "string" && value.trim());
  const number = given === false || given === "" ? NaN : Number(value);
  if (!Number.isFinite(number)) throw new UserError(`${where} must be a number; got ${shown(value)}`);
  if (range === undefined) return number;
  const [lowest, highest] = range;
  if (number < lowest || number > highest)
    throw new UserError(
      `${where}: a score lies between ${lowest} and ${highest}; got ${number}. Give --scores LOWEST,HIGHEST.`,
    );
  return (number - lowest) / (highest - lowest);
}

function label(value: unknown, where: string): string {
  if (typeof value === "string" && value !== "") return value;
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") return String(value);
  throw new UserError(`${where} must be a label; got ${shown(value)}`);
}

function shown(value: unknown): string {
  const text = typeof value === "bigint" ? String(value) : (JSON.stringify(value) ?? "nothing");
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}

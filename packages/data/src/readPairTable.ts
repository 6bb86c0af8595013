import { openTable, safeEntryName, UserError } from "@nearfar/formats";
import { cellCaptions } from "./cellCaptions.ts";
import type { PairCandidate } from "./pairCandidate.ts";
import { pairColumns, type PairColumns } from "./pairColumns.ts";

export interface ReadPairTableOptions {
  readonly columns: Partial<PairColumns>;
  readonly where: Readonly<Record<string, string>>;
  readonly header: boolean;
}

/** The pictures of a table in the order in which they come first, each with the captions of all its rows; and how many rows there were. */
export async function readPairTable(
  file: string,
  { columns: given, where, header }: ReadPairTableOptions,
): Promise<{ candidates: readonly PairCandidate[]; rows: number; columns: PairColumns }> {
  const table = await openTable(file, { header });
  const columns = pairColumns(file, table.columns, given);
  const { path, captions, concept } = columns;
  const optional = concept === undefined ? [] : [concept];
  const names = [...new Set([path, ...captions, ...optional, ...Object.keys(where)])];
  const wanted = Object.entries(where).map(([name, value]) => ({ at: names.indexOf(name), value }));
  const places = captions.map((name) => names.indexOf(name));
  const found = new Map<string, PairCandidate>();
  let total = 0;
  for await (const { rows } of table.read(names)) {
    for (const { row, values } of rows) {
      if (wanted.some(({ at, value }) => String(values[at]) !== value)) continue;
      total++;
      const picture = normal(values[0]);
      const known = found.get(picture);
      const texts = places.flatMap((at) => cellCaptions(values[at]));
      if (known !== undefined) {
        known.captions.push(...texts);
        continue;
      }
      const pictured = concept === undefined ? undefined : values[names.indexOf(concept)];
      found.set(picture, {
        path: picture,
        written: `${file}:${row}`,
        captions: texts,
        concept: pictured === undefined || pictured === null || pictured === "" ? undefined : String(pictured),
      });
    }
  }
  if (total === 0)
    throw new UserError(
      `${file}: no row ${wanted.length > 0 ? `has ${shown(where)}. Is the value spelled as in the file?` : "follows its header."}`,
    );
  return { candidates: [...found.values()], rows: total, columns };
}

/** One spelling of a path, so that rows of one picture meet; an unsafe one stays as it is. */
function normal(value: unknown): string {
  const path = typeof value === "string" ? value.trim() : value === null || value === undefined ? "" : String(value);
  try {
    return safeEntryName(path);
  } catch {
    return path;
  }
}

function shown(where: Readonly<Record<string, string>>): string {
  return Object.entries(where)
    .map(([name, value]) => `"${name}" = "${value}"`)
    .join(" and ");
}

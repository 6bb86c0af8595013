import { basename } from "node:path";
import { openTable, UserError } from "@nearfar/formats";
import { readTextRows, type TextTable } from "./readTextRows.ts";
import { textRoles, type TextColumns, type TextRoles } from "./textRoles.ts";
import type { TextSet } from "./textSet.ts";

export interface OpenTextsOptions {
  /** What the columns are, in place of what their names say: `{ anchor: ["en"], positive: ["zh"] }`. */
  readonly columns?: TextRoles;
  /** Only rows with this value in this column: `{ split: "train" }`. */
  readonly where?: Readonly<Record<string, string>>;
  /** The lowest and highest score; without it 0 to 1 or 0 to 5, whichever holds all scores. */
  readonly range?: readonly [number, number] | undefined;
  /** Whether the first row of `.csv` and `.tsv` names the columns; else they are "1", "2", ... */
  readonly header?: boolean;
  /** Bytes of the longest line. */
  readonly maxLineBytes?: number;
}

/**
 * Opens tables of texts (`openTable`), whose columns say what an example is, and so the loss: a text; a text and its label; an
 * anchor, its positive and perhaps negatives; two sentences and a score.
 *
 * Scores come out between 0 and 1. Files of different kinds, columns that say nothing, and whatever is wrong within a file are a
 * `UserError` that names file and row.
 */
export async function openTexts(
  files: readonly string[],
  { columns: given = {}, where = {}, range, header = true, maxLineBytes = 2 ** 24 }: OpenTextsOptions = {},
): Promise<TextSet> {
  if (files.length === 0) throw new UserError("no file of texts was given");
  const tables: TextTable[] = [];
  for (const file of files) {
    const table = await openTable(file, { header, maxLineBytes });
    tables.push({ table, columns: textRoles(file, table.columns, given) });
  }
  const first = tables[0]!;
  for (const { table, columns } of tables) {
    if (columns.kind !== first.columns.kind || columns.texts.length !== first.columns.texts.length)
      throw new UserError(
        `${table.path} holds ${of(columns)}, and ${first.table.path} ${of(first.columns)}: train on one kind`,
      );
  }
  const scores = first.columns.kind === "scored" ? (range ?? (await scoreRange(tables, where))) : undefined;
  if (scores && !(Number.isFinite(scores[0]) && scores[0] < scores[1] && scores[1] < Infinity))
    throw new UserError(`scores: the lowest must lie below the highest; got ${scores[0]} and ${scores[1]}`);
  return {
    kind: first.columns.kind,
    files,
    columns: tables.map(({ columns }) => columns),
    width: first.columns.texts.length,
    description: describe(first, scores, Object.keys(where)),
    examples: () => {
      const counts = { blank: 0 };
      return {
        get blank() {
          return counts.blank;
        },
        [Symbol.asyncIterator]: () => readTextRows(tables, { where, range: scores, counts }),
      };
    },
  };
}

/** 0 to 1 where all scores lie in it, else 0 to 5 as the STS tasks have them. */
async function scoreRange(
  tables: readonly TextTable[],
  where: Readonly<Record<string, string>>,
): Promise<[number, number]> {
  let highest = 1;
  for await (const { score = NaN, file, row } of readTextRows(tables, { where })) {
    if (!(score >= 0 && score <= 5))
      throw new UserError(
        `${file}:${row}: a score lies between 0 and 1 or between 0 and 5; got ${score}. Give --scores LOWEST,HIGHEST.`,
      );
    if (score > 1) highest = 5;
  }
  return [0, highest];
}

function of({ kind, texts }: TextColumns): string {
  return kind === "triplets"
    ? `triplets with ${texts.length - 2} negatives`
    : kind === "unlabelled"
      ? "texts alone"
      : kind;
}

const losses = {
  unlabelled: "texts alone: each is pulled to another view of itself",
  labelled: "texts and labels: texts of one label are positives of each other",
  pairs: "pairs: the other positives of the batch are the negatives",
  triplets: "pairs with hard negatives: these and the other positives of the batch are the negatives",
  scored: "scored pairs: cosines are ordered as the scores",
};

function describe(
  { table, columns }: TextTable,
  range: readonly [number, number] | undefined,
  where: readonly string[],
): string {
  const { kind, texts, score, label, document } = columns;
  const used = [...texts, score, label, document].filter((name) => name !== undefined);
  const unused = table.columns.filter((name) => !used.includes(name) && !where.includes(name));
  const scale = range ? `, from ${range[0]} to ${range[1]}` : "";
  const rest = unused.length > 0 ? ` (not used: ${unused.slice(0, 9).join(", ")})` : "";
  return `${basename(table.path)}: ${used.join(", ")}${scale}${rest} -> ${losses[kind]}`;
}

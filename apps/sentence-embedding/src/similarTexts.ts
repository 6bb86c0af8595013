import { openTexts, type OpenTextsOptions, type TextExample } from "@nearfar/data";
import type { SentenceEncoder } from "@nearfar/encoders";
import { pairSimilarities } from "@nearfar/evaluation";
import { openTable, UserError } from "@nearfar/formats";
import type { EncodingProgress } from "./withEncoder.ts";

export interface SimilarTextsOptions {
  readonly columns?: OpenTextsOptions;
  readonly progress?: EncodingProgress;
}

export interface SimilarPairs {
  /** Each row of the table, its columns and `cosine`. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** Rows of which a text is blank, which are left out. */
  readonly blank: number;
}

/**
 * The cosine of each pair of a table, whose columns are anchor and positive, or sentence1 and sentence2, as a further column.
 *
 * A table without two such columns, or that has a column "cosine" already, is a `UserError`.
 */
export async function similarTexts(
  encoder: SentenceEncoder,
  file: string,
  { columns, progress }: SimilarTextsOptions = {},
): Promise<SimilarPairs> {
  const set = await openTexts([file], columns);
  if (set.width < 2)
    throw new UserError(`${file}: a pair has two columns, such as anchor and positive; this has one. ${NAMED}`);
  const table = await openTable(file, columns?.header === undefined ? {} : { header: columns.header });
  if (table.columns.includes(ADDED))
    throw new UserError(`${file}: has a column "${ADDED}" already. Rename it: the cosine is written there.`);
  const pass = set.examples();
  const examples: TextExample[] = [];
  for await (const example of pass) examples.push(example);
  if (examples.length === 0) throw new UserError(`${file}: there is no pair in it. Give at least one.`);
  const total = 2 * examples.length;
  const side = (column: 0 | 1) =>
    encoder.encode(
      examples.map(({ texts }) => texts[column]!),
      { progress: (done) => progress?.(column * examples.length + done, total) },
    );
  const { cosine } = pairSimilarities(await side(0), await side(1));
  const rows: Record<string, unknown>[] = [];
  for await (const part of table.read(table.columns))
    for (const { row, values } of part.rows) {
      if (row !== examples[rows.length]?.row) continue; // blank, or not asked for
      const cells = table.columns.map((name, i) => [name, values[i]] as const);
      rows.push({ ...Object.fromEntries(cells), [ADDED]: cosine[rows.length]! });
    }
  return { rows, blank: pass.blank };
}

const ADDED = "cosine";
const NAMED = "Say which: --column anchor=NAME --column positive=NAME.";

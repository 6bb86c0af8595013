import { openTexts, type OpenTextsOptions } from "@nearfar/data";
import type { SentenceEncoder } from "@nearfar/encoders";
import { writeVectors } from "@nearfar/formats";
import { encodedRows } from "./encodedRows.ts";

export interface EmbedTextsOptions {
  /** What the columns are, and which rows are taken; of an example with several texts the first is embedded. */
  readonly columns?: OpenTextsOptions;
  /** Told how many texts are done. */
  readonly progress?: (done: number) => void;
}

/**
 * Writes one vector per text, in order, as JSON Lines (`{"text": ..., "vector": [...]}`), parquet or npy by the file's ending, by stream;
 * returns what was written.
 *
 * A `.txt` file gives a vector for every line, blank ones too, so that line i of the output is of line i of the input.
 */
export async function embedTexts(
  encoder: SentenceEncoder,
  files: readonly string[],
  out: string,
  { columns, progress }: EmbedTextsOptions = {},
): Promise<{ rows: number; dimensions: number; truncated: number }> {
  const set = await openTexts(files, columns);
  const before = encoder.truncated;
  const vectors = encodedRows(encoder, everyLine(set.examples()), progress);
  const rows = await writeVectors(out, vectors, { idName: "text" });
  return { rows, dimensions: encoder.dimensions, truncated: encoder.truncated - before };
}

/** The first text of each example; blank lines of `.txt` files, which a set passes over, as empty texts. */
async function* everyLine(
  examples: AsyncIterable<{ readonly texts: readonly string[]; readonly file: string; readonly row: number }>,
): AsyncGenerator<string> {
  let last = { file: "", row: 0 };
  for await (const { texts, file, row } of examples) {
    if (file !== last.file) last = { file, row: 0 };
    if (/\.txt(\.gz)?$/i.test(file)) for (let line = last.row + 1; line < row; line++) yield "";
    last = { file, row };
    yield texts[0]!;
  }
}

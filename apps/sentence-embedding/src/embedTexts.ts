import { openTexts, type OpenTextsOptions } from "@nearfar/data";
import type { SentenceEncoder } from "@nearfar/encoders";
import { writeVectors, type VectorRow } from "@nearfar/formats";

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
  { columns, progress = () => {} }: EmbedTextsOptions = {},
): Promise<{ rows: number; dimensions: number; truncated: number }> {
  const set = await openTexts(files, columns);
  const before = encoder.truncated;
  async function* vectors(): AsyncGenerator<VectorRow> {
    let done = 0;
    for await (const texts of pieces(everyLine(set.examples()))) {
      const { dimensions, data } = await encoder.encode(texts);
      for (const [row, id] of texts.entries())
        yield { id, vector: data.subarray(row * dimensions, (row + 1) * dimensions) };
      progress((done += texts.length));
    }
  }
  const rows = await writeVectors(out, vectors(), { idName: "text" });
  return { rows, dimensions: encoder.dimensions, truncated: encoder.truncated - before };
}

/** Texts sorted by length together: more of them waste less. */
const PIECE = 4096;

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

async function* pieces(texts: AsyncIterable<string>): AsyncGenerator<string[]> {
  let piece: string[] = [];
  for await (const text of texts) {
    piece.push(text);
    if (piece.length < PIECE) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}

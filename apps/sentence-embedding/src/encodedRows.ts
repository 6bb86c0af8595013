import type { SentenceEncoder } from "@nearfar/encoders";
import type { VectorRow } from "@nearfar/formats";

/** A vector for each text, whose id is the text, in order, encoded piece by piece, so that no more than a piece of vectors is in memory. */
export async function* encodedRows(
  encoder: SentenceEncoder,
  texts: Iterable<string> | AsyncIterable<string>,
  progress: (done: number) => void = () => {},
): AsyncGenerator<VectorRow> {
  let before = 0;
  for await (const piece of pieces(texts)) {
    const { dimensions, data } = await encoder.encode(piece, { progress: (done) => progress(before + done) });
    for (const [row, id] of piece.entries())
      yield { id, vector: data.subarray(row * dimensions, (row + 1) * dimensions) };
    before += piece.length;
  }
}

/** Texts sorted by length together: more of them waste less. */
const PIECE = 4096;

async function* pieces(texts: Iterable<string> | AsyncIterable<string>): AsyncGenerator<string[]> {
  let piece: string[] = [];
  for await (const text of texts) {
    piece.push(text);
    if (piece.length < PIECE) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}

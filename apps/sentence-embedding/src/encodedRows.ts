import type { SentenceEncoder } from "@nearfar/encoders";
import type { VectorRow } from "@nearfar/formats";
import type { EncodingProgress } from "./withEncoder.ts";

/** A vector for each text, whose id is the text, encoded piece by piece, so that no more than a piece of vectors is in memory. */
export async function* encodedRows(
  encoder: SentenceEncoder,
  texts: readonly string[],
  progress?: EncodingProgress,
): AsyncGenerator<VectorRow> {
  for (let from = 0; from < texts.length; from += PIECE) {
    const piece = texts.slice(from, from + PIECE);
    const { dimensions, data } = await encoder.encode(piece, {
      progress: (done) => progress?.(from + done, texts.length),
    });
    for (const [row, id] of piece.entries())
      yield { id, vector: data.subarray(row * dimensions, (row + 1) * dimensions) };
  }
}

/** Texts sorted by length together: more of them waste less. */
const PIECE = 4096;

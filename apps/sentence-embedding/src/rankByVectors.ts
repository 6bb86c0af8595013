import type { SentenceEncoder } from "@nearfar/encoders";
import { nearest } from "@nearfar/search";
import type { TextRanker } from "./textRanking.ts";
import type { EncodingProgress } from "./withEncoder.ts";

/** Ranks a corpus by the cosines of a model's vectors, exactly. */
export function rankByVectors(encoder: SentenceEncoder, progress?: EncodingProgress): TextRanker {
  return async (anchors, corpus, most) => {
    const total = anchors.length + corpus.length;
    const { dimensions: d, data } = await encoder.encode([...anchors, ...corpus], {
      progress: (done) => progress?.(done, total),
    });
    const split = anchors.length * d;
    const [queries, gallery] = [data.subarray(0, split), data.subarray(split)];
    const { indices, scores } = nearest(
      { rows: anchors.length, dimensions: d, data: queries },
      { rows: corpus.length, dimensions: d, data: gallery },
      most,
    );
    return {
      hits: (anchor) => ({
        indices: indices.subarray(anchor * most, (anchor + 1) * most),
        scores: scores.subarray(anchor * most, (anchor + 1) * most),
      }),
      score(anchor, text) {
        let [dot, xx, yy] = [0, 0, 0];
        for (let j = 0; j < d; j++) {
          const [x, y] = [queries[anchor * d + j]!, gallery[text * d + j]!];
          dot += x * y;
          xx += x * x;
          yy += y * y;
        }
        return dot / (Math.sqrt(xx * yy) || 1);
      },
    };
  };
}

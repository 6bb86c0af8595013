import { bm25 } from "@nearfar/search";
import type { TextRanker } from "./textRanking.ts";

/** Ranks a corpus by words (BM25). A text that is not among an anchor's hits scores 0: less than all of them, as it does. */
export function rankByWords(): TextRanker {
  return (anchors, corpus, most) => {
    const index = bm25(corpus);
    const found = anchors.map((anchor) => index.search(anchor, most));
    return {
      hits: (anchor) => found[anchor]!,
      score(anchor, text) {
        const { indices, scores } = found[anchor]!;
        return scores[indices.indexOf(text)] ?? 0;
      },
    };
  };
}

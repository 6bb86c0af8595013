import type { Vectors } from "@nearfar/formats";
import { flatIndex, type VectorDtype } from "@nearfar/search";
import type { TextGallery } from "./textGallery.ts";

/** Texts and their vectors in memory. */
export function memoryGallery(texts: readonly string[], vectors: Vectors, dtype: VectorDtype = "float32"): TextGallery {
  const index = flatIndex(vectors, { dtype });
  return {
    texts: texts.length,
    close: async () => {},
    async search(queries, k) {
      const { indices, scores } = await index.search(queries, k);
      return Array.from({ length: queries.rows }, (_, query) =>
        Array.from({ length: k }, (_, at) => ({
          score: scores[query * k + at]!,
          text: texts[indices[query * k + at]!]!,
        })),
      );
    },
  };
}

import type { OpenTextsOptions } from "@nearfar/data";
import { bm25 } from "@nearfar/search";
import { checkedQueries } from "./checkedQueries.ts";
import { readCorpus } from "./readCorpus.ts";
import type { TextSearch } from "./searchTexts.ts";

export interface SearchWordsOptions {
  readonly columns?: OpenTextsOptions;
  /** How many are found, at most. */
  readonly top?: number;
  readonly say?: (line: string) => void;
}

/** The texts that rank highest for each query by their words (BM25); only those that share one. Throws as `searchTexts`. */
export async function searchWords(
  files: readonly string[],
  queries: readonly string[],
  { top = 10, ...options }: SearchWordsOptions = {},
): Promise<TextSearch> {
  checkedQueries(queries);
  const texts = await readCorpus(files, { ...options, unique: true });
  const ranked = bm25(texts);
  return {
    texts: texts.length,
    results: queries.map((query) => {
      const { indices, scores } = ranked.search(query, Math.min(top, texts.length));
      return { query, hits: Array.from(indices, (row, at) => ({ score: scores[at]!, text: texts[row]! })) };
    }),
  };
}

import type { OpenTextsOptions } from "@nearfar/data";
import type { SentenceEncoder } from "@nearfar/encoders";
import { pairsAbove } from "@nearfar/search";
import { readCorpus } from "./readCorpus.ts";
import type { EncodingProgress } from "./withEncoder.ts";

export interface DuplicateTextsOptions {
  /** The least cosine of two texts that say the same. */
  readonly threshold?: number;
  /** The most pairs that are kept, the most alike. */
  readonly most?: number;
  readonly columns?: OpenTextsOptions;
  readonly progress?: EncodingProgress;
  readonly say?: (line: string) => void;
}

export interface DuplicateTexts {
  readonly texts: number;
  /** Texts that stand there more than once, letter by letter, in the order of their first places. */
  readonly repeated: readonly { readonly text: string; readonly times: number }[];
  /** Two different texts and their cosine, the most alike first. */
  readonly pairs: readonly { readonly first: string; readonly second: string; readonly cosine: number }[];
}

/** All pairs of different texts whose cosine is at least `threshold`, exactly (`pairsAbove`), and the texts that stand there several times. */
export async function duplicateTexts(
  encoder: SentenceEncoder,
  files: readonly string[],
  { threshold = 0.9, most = 500_000, progress, ...options }: DuplicateTextsOptions = {},
): Promise<DuplicateTexts> {
  const all = await readCorpus(files, options);
  const counts = new Map<string, number>();
  for (const text of all) counts.set(text, (counts.get(text) ?? 0) + 1);
  const texts = [...counts.keys()];
  const vectors = await encoder.encode(texts, { progress: (done) => progress?.(done, texts.length) });
  const pairs = pairsAbove(vectors, threshold, { most }).map(({ first, second, score }) => ({
    first: texts[first]!,
    second: texts[second]!,
    cosine: score,
  }));
  const repeated = [...counts].filter(([, times]) => times > 1).map(([text, times]) => ({ text, times }));
  return { texts: all.length, repeated, pairs };
}

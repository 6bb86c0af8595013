import type { TextCorpus } from "@nearfar/encoders";
import type { ExampleSource } from "./exampleSource.ts";

/** What a source's texts are as a whole, each found when it is first asked for. */
export function corpusOf(source: ExampleSource, vocabularySize: number): TextCorpus {
  let counts: Float64Array | undefined;
  let sample: readonly Int32Array[] | undefined;
  return {
    counts() {
      if (counts) return counts;
      counts = new Float64Array(vocabularySize);
      for (const list of source.lists()) for (const id of list) counts[id]!++;
      return counts;
    },
    sample: () => (sample ??= everyNth(source)),
  };
}

/** Texts spread over the corpus: sources that stand one after the other all have their share. */
function everyNth(source: ExampleSource): Int32Array[] {
  let total = 0;
  for (const _ of source.lists()) total++;
  const every = Math.max(1, Math.floor(total / SAMPLE));
  const chosen: Int32Array[] = [];
  let i = 0;
  for (const list of source.lists()) if (i++ % every === 0 && list.length > 0) chosen.push(list);
  return chosen;
}

/** Texts by which a table is whitened: more change nothing. */
const SAMPLE = 20_000;

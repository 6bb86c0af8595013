import { bertNormalizer } from "./bertNormalizer.ts";
import { bertWords } from "./bertWords.ts";

/** How often each word stands in texts, as BERT's normalizer and pre-tokenizer see words. */
export function wordCounts(
  texts: Iterable<string>,
  { lowercase = true }: { lowercase?: boolean } = {},
): Map<string, number> {
  const normalize = bertNormalizer({ lowercase });
  const counts = new Map<string, number>();
  const count = (chunk: string, times: number) => {
    for (const word of bertWords(normalize(chunk))) counts.set(word, (counts.get(word) ?? 0) + times);
  };
  // What stands between two spaces comes again and again: it is split once for all its times.
  let chunks = new Map<string, number>();
  const flush = () => {
    for (const [chunk, times] of chunks) count(chunk, times);
    chunks = new Map();
  };
  for (const text of texts)
    for (const chunk of text.split(" ")) {
      if (chunk.length > LONGEST) count(chunk, 1);
      else if (chunk !== "") {
        chunks.set(chunk, (chunks.get(chunk) ?? 0) + 1);
        if (chunks.size >= MOST) flush();
      }
    }
  flush();
  return counts;
}

const LONGEST = 48;
const MOST = 200_000;

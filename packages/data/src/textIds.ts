import type { TextExample } from "./textExample.ts";

/** The texts of all examples as numbers, the same text the same number: [n, texts of an example], flat. */
export function textIds(examples: readonly TextExample[]): Int32Array {
  const width = examples[0]?.texts.length ?? 0;
  const ids = new Int32Array(examples.length * width);
  const known = new Map<string, number>();
  let at = 0;
  for (const { texts, file, row } of examples) {
    if (texts.length !== width)
      throw new RangeError(`textIds: ${file}:${row} has ${texts.length} texts, and the first ${width}.`);
    for (const text of texts) {
      let id = known.get(text);
      if (id === undefined) known.set(text, (id = known.size));
      ids[at++] = id;
    }
  }
  return ids;
}

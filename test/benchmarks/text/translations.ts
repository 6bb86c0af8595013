import { dataFile } from "./dataFile.ts";
import type { Pair } from "./pairLists.ts";
import { rowsOf } from "./rowsOf.ts";

/** English sentences with their Chinese translations, without the pairs of which one sentence stands in the test set of 1,000. */
export async function translations(): Promise<{ pairs: Pair[]; dropped: number }> {
  const tested = new Set<string>();
  for await (const texts of rowsOf(dataFile("tatoebaTest"), ["1", "2"], { header: false }))
    for (const text of texts) tested.add(bare(text));
  const pairs: Pair[] = [];
  let dropped = 0;
  for await (const [english, chinese] of rowsOf(dataFile("tatoeba"), ["en", "zh"]))
    if (tested.has(bare(english!)) || tested.has(bare(chinese!))) dropped++;
    else pairs.push([english!, chinese!]);
  return { pairs, dropped };
}

/** A text's letters and digits alone, compatible forms as one, lower-case. */
function bare(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

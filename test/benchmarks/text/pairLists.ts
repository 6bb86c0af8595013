import { dataFile } from "./dataFile.ts";
import { plainWords } from "./plainWords.ts";
import { rowsOf } from "./rowsOf.ts";

/** Sentences that belong together. */
export type Pair = readonly [anchor: string, positive: string];

/** Pairs of one kind, without those that hold a sentence of STS-B's dev or test set. */
export interface PairList {
  readonly name: string;
  readonly pairs: readonly Pair[];
  /** Pairs that held one. */
  readonly dropped: number;
}

/** The pairs that the peer's static encoder learns from, in its order and with its filter: those of peers/static_quality.py. */
export async function pairLists(): Promise<PairList[]> {
  const tested = new Set<string>();
  const alike: Pair[] = [];
  for await (const [split, score, left, right] of rowsOf(dataFile("stsb"), [
    "split",
    "score",
    "sentence1",
    "sentence2",
  ])) {
    if (split !== "train") for (const text of [left!, right!]) tested.add(plainWords(text));
    else if (Number(score) >= 4) alike.push([left!, right!]);
  }
  const glosses: Pair[] = [];
  const examples: Pair[] = [];
  for await (const [lemmas, gloss, uses] of rowsOf(dataFile("wordnet"), ["lemmas", "definition", "examples"])) {
    glosses.push([lemmas!.split(", ")[0]!, gloss!]);
    for (const use of uses!.split(" || ")) if (use !== "") examples.push([gloss!, use]);
  }
  const captions: Pair[] = [];
  for await (const [split, c1, c2, c3, c4] of rowsOf(dataFile("captions"), ["split", "c1", "c2", "c3", "c4"]))
    if (split === "train") captions.push([c1!, c2!], [c3!, c4!]);
  const splits: Pair[] = [];
  for await (const [complex, first, second] of rowsOf(dataFile("wikisplit"), ["complex", "simple1", "simple2"]))
    splits.push([complex!, first!], [complex!, second!]);

  const clean = (name: string, pairs: readonly Pair[]): PairList => {
    const kept = pairs.filter((pair) => !pair.some((text) => tested.has(plainWords(text))));
    return { name, pairs: kept, dropped: pairs.length - kept.length };
  };
  return [
    clean("WordNet lemma and gloss", glosses),
    clean("WordNet gloss and example", examples),
    clean("WikiSplit sentence and half", splits),
    clean("Flickr8k captions of one picture (train)", captions),
    clean("STS-B train from score 4", alike),
  ];
}

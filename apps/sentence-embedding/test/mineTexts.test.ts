import { readFileSync } from "node:fs";
import { join } from "node:path";
import { key } from "@nearfar/random";
import { loadEngine } from "@nearfar/tensor";
import { beforeAll, describe, expect, it } from "vitest";
import { hardNegatives } from "../src/hardNegatives.ts";
import { mineTexts, type MineTextsOptions } from "../src/mineTexts.ts";
import { rankByVectors } from "../src/rankByVectors.ts";
import { rankByWords } from "../src/rankByWords.ts";
import { fakeEncoder } from "./fakeEncoder.ts";
import { write } from "./write.ts";

// Source: golden/mine.py, sentence-transformers 6.2.0.
const golden = JSON.parse(readFileSync(new URL("golden/mine.json", import.meta.url), "utf8")) as {
  pairs: [string, string][];
  others: string[];
  vectors: Record<string, number[]>;
  cases: { options: Omit<MineTextsOptions, "corpus"> & { corpus?: boolean }; rows: string[][] }[];
};
const byVectors = rankByVectors(fakeEncoder(golden.vectors));
const pairLines = (pairs: readonly (readonly string[])[]) => [
  "anchor|positive",
  ...pairs.map((pair) => pair.join("|")),
];

beforeAll(() => void loadEngine());

describe("mineTexts", () => {
  it.each(golden.cases)("finds what sentence-transformers finds: $options", async ({ options, rows }) => {
    const folder = write({ "pairs.tsv": pairLines(golden.pairs), "others.txt": golden.others });
    const { corpus, ...rest } = options;
    const others = corpus ? { corpus: [join(folder, "others.txt")] } : {};
    const found = await mineTexts(key(0), byVectors, [join(folder, "pairs.tsv")], { ...rest, ...others });
    expect(found.rows.map((row) => Object.values(row))).toEqual(rows);
    expect(Object.keys(found.rows[0]!)).toEqual([
      "anchor",
      "positive",
      ...(rest.negatives === 1 ? ["negative"] : Array.from({ length: rest.negatives! }, (_, n) => `negative_${n + 1}`)),
    ]);
    expect(found).toMatchObject({ pairs: 28, anchors: 24, corpus: corpus ? 44 : 24 });
    const kept = new Set(rows.map(([anchor]) => anchor));
    expect(found.without).toBe(24 - kept.size);
  });

  it("draws other negatives by another key, the same by the same, and all from the window", async () => {
    const file = join(write({ "pairs.tsv": pairLines(golden.pairs) }), "pairs.tsv");
    const options = { negatives: 2, range: [0, 8] as const, sampling: "random" as const };
    const mined = (seed: number) => mineTexts(key(seed), byVectors, [file], options);
    const [first, again, other] = [await mined(1), await mined(1), await mined(2)];
    expect(again).toEqual(first);
    expect(other.rows).not.toEqual(first.rows);
    const all = await mineTexts(key(0), byVectors, [file], { ...options, negatives: 8, sampling: "top" });
    for (const [i, { negative_1, negative_2 }] of first.rows.entries()) {
      const window = Object.values(all.rows[i]!).slice(2);
      const [one, two] = [window.indexOf(negative_1!), window.indexOf(negative_2!)];
      expect(one).toBeGreaterThanOrEqual(0);
      expect(two).toBeGreaterThan(one); // the nearer one first
    }
  });

  it("never takes the anchor itself or one of its positives, written a little otherwise", async () => {
    const encoder = fakeEncoder({
      q: [1, 0],
      "The Answer": [1, 0.5],
      "the  answer": [1, 0.1],
      Q: [1, 0.01],
      far: [1, 2],
      r: [0, 1],
    });
    const file = join(
      write({
        "pairs.tsv": pairLines([
          ["q", "The Answer"],
          ["r", "the  answer"],
          ["r", "Q"],
          ["r", "far"],
        ]),
      }),
      "pairs.tsv",
    );
    const { rows } = await mineTexts(key(0), rankByVectors(encoder), [file]);
    expect(rows[0]).toEqual({ anchor: "q", positive: "The Answer", negative: "far" });
  });

  it("ranks by words: near ones that share a word, and none where no other text does", async () => {
    const pairs = [
      ["red apple", "a red apple fell"],
      ["red car", "the red car broke"],
      ["blue sky", "a clear sky"],
    ];
    const file = join(write({ "pairs.tsv": pairLines(pairs) }), "pairs.tsv");
    const found = await mineTexts(key(0), rankByWords(), [file]);
    expect(found.rows.map(({ negative }) => negative)).toEqual(["the red car broke", "a red apple fell"]);
    expect(found.without).toBe(1);
    expect(found.scores.negative).toBeLessThan(found.scores.positive);
    // A positive without a word of the anchor scores nothing: with a margin, nothing is sure to be worse than it.
    const strange = join(
      write({
        "pairs.tsv": pairLines([
          ["red apple", "fruit"],
          ["red car", "the red car broke"],
        ]),
      }),
      "pairs.tsv",
    );
    const guarded = await mineTexts(key(0), rankByWords(), [strange], { relativeMargin: 0.05 });
    expect(guarded.rows).toEqual([]);
  });

  it("leaves out negatives that the files have, and blank rows, and says so", async () => {
    const said: string[] = [];
    const lines = ["anchor|positive|negative", "red apple|an apple|x", "|y|z", "red car|a red car|x"];
    const file = join(write({ "triplets.tsv": lines }), "triplets.tsv");
    const { pairs, rows } = await mineTexts(key(0), rankByWords(), [file], { say: (line) => said.push(line) });
    expect(pairs).toBe(2);
    expect(rows).toEqual([{ anchor: "red apple", positive: "an apple", negative: "a red car" }]);
    expect(said).toEqual(["The negatives that the files have are not used.", "1 blank rows were passed over."]);
  });

  it("refuses texts that are no pairs, and a window without room", async () => {
    const folder = write({ "texts.txt": ["a", "b"], "pairs.tsv": pairLines(golden.pairs) });
    const refused = (name: string, options: MineTextsOptions) =>
      expect(mineTexts(key(0), rankByWords(), [join(folder, name)], options)).rejects;
    await refused("texts.txt", {}).toThrow(/negatives are mined for pairs/);
    await refused("pairs.tsv", { range: [4, 5], negatives: 2 }).toThrow(/has room for 1 texts, and 2/);
    await refused("pairs.tsv", { range: [24, 30] }).toThrow(/begins behind the last of the 24 texts/);
  });
});

describe("hardNegatives", () => {
  const hits = { indices: Int32Array.of(4, 2, 7, 1), scores: Float32Array.of(0.75, 0.5, 0.25, -0.5) };
  const none = () => false;
  const left = (score: number, options: object, excludes: (index: number) => boolean = none) =>
    hardNegatives(hits, { score, excludes }, { range: [0, 9], ...options }).map(({ index }) => index);

  it("keeps what lies on a margin, and leaves out what lies above it", () => {
    expect(left(0.75, { margin: 0 })).toEqual([4, 2, 7, 1]);
    expect(left(0.75, { margin: 0.25 })).toEqual([2, 7, 1]);
    expect(left(1, { relativeMargin: 0.5 })).toEqual([2, 7, 1]);
    expect(left(1, { maxScore: 0.25 })).toEqual([7, 1]);
  });

  it("takes a share of the magnitude: below a positive of negative score too", () => {
    expect(left(-0.25, { relativeMargin: 0.5 })).toEqual([1]); // -.25 - .125
  });

  it("counts ranks among those that are left", () => {
    expect(left(1, { range: [1, 3] }, (index) => index === 4)).toEqual([7, 1]);
  });
});

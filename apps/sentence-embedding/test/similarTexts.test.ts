import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { similarTexts } from "../src/similarTexts.ts";
import { fakeEncoder } from "./fakeEncoder.ts";
import { write } from "./write.ts";

const encoder = fakeEncoder({ a: [1, 0], b: [3, 4], c: [0, 2], zero: [0, 0] });

describe("similarTexts", () => {
  it("adds the cosine to each row and keeps all its columns", async () => {
    const lines = ["id|sentence1|sentence2|score", "7|a|b|5", "8||b|1", "9|c|b|0.5", "10|a|zero|3"];
    const file = join(write({ "sts.tsv": lines }), "sts.tsv");
    const { rows, blank } = await similarTexts(encoder, file);
    expect(blank).toBe(1);
    expect(rows).toEqual([
      { id: "7", sentence1: "a", sentence2: "b", score: "5", cosine: Math.fround(3 / 5) }, // by hand
      { id: "9", sentence1: "c", sentence2: "b", score: "0.5", cosine: Math.fround(4 / 5) },
      { id: "10", sentence1: "a", sentence2: "zero", score: "3", cosine: 0 },
    ]);
  });

  it("takes columns by name, and the rows that are asked for", async () => {
    const file = join(write({ "x.tsv": ["en|zh|split", "a|b|train", "a|c|test"] }), "x.tsv");
    const columns = { columns: { anchor: ["en"], positive: ["zh"] }, where: { split: "test" } };
    const { rows } = await similarTexts(encoder, file, { columns });
    expect(rows).toEqual([{ en: "a", zh: "c", split: "test", cosine: 0 }]);
  });

  it("refuses a table without two texts, without rows, or with a column of that name", async () => {
    const folder = write({
      "one.txt": ["a"],
      "none.tsv": ["anchor|positive", "|a"],
      "has.tsv": ["anchor|positive|cosine", "a|b|1"],
    });
    const refused = (name: string) => expect(similarTexts(encoder, join(folder, name))).rejects;
    await refused("one.txt").toThrow(/a pair has two columns/);
    await refused("none.tsv").toThrow(/there is no pair/);
    await refused("has.tsv").toThrow(/has a column "cosine" already/);
  });
});

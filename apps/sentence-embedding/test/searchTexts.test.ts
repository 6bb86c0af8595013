import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { searchTexts } from "../src/searchTexts.ts";
import { searchWords } from "../src/searchWords.ts";
import { bagOfWords } from "./bagOfWords.ts";
import { write } from "./write.ts";

const lines = ["the cat sat", "a dog barked", "the cat sat", "", "the cat slept", "blue sky"];
const corpus = () => join(write({ "corpus.txt": lines }), "corpus.txt");

describe("searchTexts", () => {
  it("ranks the different texts by cosine, and says what it left out", async () => {
    const said: string[] = [];
    const found = await searchTexts(bagOfWords(), [corpus()], ["the cat sat", "sky"], {
      top: 2,
      say: (line) => said.push(line),
    });
    expect(found.texts).toBe(4);
    expect(found.results.map(({ query }) => query)).toEqual(["the cat sat", "sky"]);
    expect(found.results[0]!.hits.map(({ text }) => text)).toEqual(["the cat sat", "the cat slept"]);
    // By hand: the same words; two of three words shared; one word of two.
    expect(found.results[0]!.hits[0]!.score).toBeCloseTo(1, 6);
    expect(found.results[0]!.hits[1]!.score).toBeCloseTo(2 / 3, 6);
    expect(found.results[1]!.hits[0]!.score).toBeCloseTo(1 / Math.SQRT2, 6);
    expect(said).toEqual(["1 blank rows were passed over.", "1 texts that stood there before were left out."]);
  });

  it("finds all texts where more are asked for than there are, and one where there is one", async () => {
    const found = await searchTexts(bagOfWords(), [corpus()], ["cat"], { top: 99 });
    expect(found.results[0]!.hits).toHaveLength(4);
    const alone = join(write({ "one.txt": ["only this"] }), "one.txt");
    expect((await searchTexts(bagOfWords(), [alone], ["this"])).results[0]!.hits).toHaveLength(1);
  });

  it.each(["int8", "binary"] as const)("finds the same by %s, for what is found is rescored", async (dtype) => {
    const exact = await searchTexts(bagOfWords(), [corpus()], ["the cat slept"], { top: 1 });
    expect(await searchTexts(bagOfWords(), [corpus()], ["the cat slept"], { top: 1, dtype })).toEqual(exact);
  });

  it("reads the first column of several, and says so", async () => {
    const said: string[] = [];
    const file = join(write({ "pairs.tsv": ["anchor|positive", "a cat|fish", "a dog|bone"] }), "pairs.tsv");
    const found = await searchTexts(bagOfWords(), [file], ["dog"], { say: (line) => said.push(line) });
    expect(found.results[0]!.hits.map(({ text }) => text)).toEqual(["a dog", "a cat"]);
    expect(said).toEqual(["Of the columns anchor, positive the first is read; --column text=NAME names another."]);
  });

  it("refuses a blank query, no query, and a corpus without a text", async () => {
    await expect(searchTexts(bagOfWords(), [corpus()], [" "])).rejects.toThrow(/--query: a text was expected/);
    await expect(searchTexts(bagOfWords(), [corpus()], [])).rejects.toThrow(/What is searched/);
    const empty = join(write({ "empty.txt": ["", ""] }), "empty.txt");
    await expect(searchTexts(bagOfWords(), [empty], ["a"])).rejects.toMatchObject({
      name: "UserError",
      message: expect.stringMatching(/empty\.txt/) as string,
    });
  });
});

describe("searchTexts with an index", () => {
  const built = async () => {
    const file = corpus();
    const index = join(write({}), "index");
    const said: string[] = [];
    await searchTexts(bagOfWords(), [file], ["cat"], { index, say: (line) => said.push(line) });
    return { file, index, said };
  };

  it.each(["float32", "int8", "binary"] as const)("of %s finds what a search in memory finds", async (dtype) => {
    const [file, index] = [corpus(), join(write({}), "index")];
    const expected = await searchTexts(bagOfWords(), [file], ["the cat slept", "sky"], { top: 3 });
    for (let twice = 0; twice < 2; twice++)
      expect(
        (await searchTexts(bagOfWords(), [file], ["the cat slept", "sky"], { top: 3, index, dtype })).results[0]!
          .hits[0],
      ).toEqual(expected.results[0]!.hits[0]);
  });

  it("embeds the corpus once, and afterwards nothing but the query and three samples, with the files or without", async () => {
    const { file, index, said } = await built();
    expect(said.at(-1)).toMatch(/^4 vectors of 64 numbers in /);
    for (const files of [[file], []]) {
      const encoder = bagOfWords();
      const found = await searchTexts(encoder, files, ["blue sky"], { index, top: 9 });
      expect(found.texts).toBe(4);
      expect(found.results[0]!.hits[0]!.text).toBe("blue sky");
      expect(encoder.encoded).toBe(1 + 3);
    }
  });

  it("is known by what its model computes: not by another name, but by other vectors", async () => {
    const { file, index } = await built();
    const search = (encoder: ReturnType<typeof bagOfWords>) => searchTexts(encoder, [file], ["cat"], { index });
    await expect(search(bagOfWords({ name: "moved" }))).resolves.toMatchObject({ texts: 4 });
    for (const other of [bagOfWords({ seed: 8 }), bagOfWords({ dimensions: 32 })])
      await expect(search(other)).rejects.toMatchObject({
        name: "UserError",
        message: expect.stringMatching(/of another model.*Remove .* to build it anew/) as string,
      });
  });

  it("refuses files that have changed, another dtype, and a second place", async () => {
    const { file, index } = await built();
    await expect(searchTexts(bagOfWords(), [file], ["cat"], { index, dtype: "int8" })).rejects.toThrow(
      /stored as float32, not int8/,
    );
    await expect(searchTexts(bagOfWords(), [file], ["cat"], { index, lancedb: index })).rejects.toThrow(/one of them/);
    await expect(searchTexts(bagOfWords(), [file], ["cat"], { lancedb: index, dtype: "int8" })).rejects.toThrow(
      /--dtype/,
    );
    writeFileSync(file, "something else\n");
    await expect(searchTexts(bagOfWords(), [file], ["cat"], { index })).rejects.toThrow(/other files or columns/);
    await expect(searchTexts(bagOfWords(), [], ["cat"], { index: join(index, "none") })).rejects.toThrow(
      /holds no vectors yet/,
    );
  });

  it("refuses a record that is not whole", async () => {
    const { index } = await built();
    const path = join(index, "texts.json");
    const record = JSON.parse(readFileSync(path, "utf8")) as { samples: { vector: number[] }[] };
    const broken = [
      "null",
      "{}",
      JSON.stringify({ ...record, format: "other/1" }),
      JSON.stringify({ ...record, samples: [null] }),
      JSON.stringify({ ...record, samples: [{ text: "a", vector: [1] }] }),
      "{",
    ];
    for (const text of broken) {
      writeFileSync(path, text);
      await expect(searchTexts(bagOfWords(), [], ["cat"], { index }), text).rejects.toMatchObject({
        name: "UserError",
      });
    }
  });

  it("keeps a text of more than 64 KiB, shown up to there", async () => {
    const long = "猫".repeat(30_000); // three bytes each
    const file = join(write({ "long.txt": ["short", long] }), "long.txt");
    const index = join(write({}), "index");
    const { results } = await searchTexts(bagOfWords(), [file], [long], { index, top: 1 });
    expect(results[0]!.hits[0]!.text).toBe("猫".repeat(21_845)); // 65,535 / 3
  });
});

describe("searchWords", () => {
  it("ranks by words, and finds nothing where none is shared", async () => {
    const found = await searchWords([corpus()], ["the cat", "fish"], { top: 9 });
    expect(found.texts).toBe(4);
    expect(found.results[0]!.hits.map(({ text }) => text)).toEqual(["the cat sat", "the cat slept"]);
    expect(found.results[1]!.hits).toEqual([]);
    await expect(searchWords([corpus()], [""])).rejects.toThrow(/--query/);
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "@nearfar/command";
import { writeStatic } from "@nearfar/encoders";
import { key, normals } from "@nearfar/random";
import { loadEngine, tf } from "@nearfar/tensor";
import { trainTokenizer } from "@nearfar/tokenizers";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { textCommands } from "../src/textCommands.ts";

const folder = mkdtempSync(join(tmpdir(), "nearfar-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);
const texts = ["the cat sat", "the cat slept", "a dog barked", "a dog slept", "the cat sat"];
const pairs = ["anchor\tpositive", "the cat\tthe cat sat", "a dog\ta dog barked", "who slept\tthe cat slept"];

/** A table of random vectors: texts are near that share words. */
beforeAll(async () => {
  loadEngine();
  writeFileSync(at("texts.txt"), texts.join("\n"));
  writeFileSync(at("pairs.tsv"), pairs.join("\n"));
  const tokenizer = trainTokenizer(texts.concat("who"), { vocabulary: 100 });
  const weight = tf.tensor2d(normals(key(1), tokenizer.vocabularySize * 32), [tokenizer.vocabularySize, 32]);
  await writeStatic(at("model"), { params: { embedding: { weight } }, tokenizer });
});

const out = { stdout: "", stderr: "" };
beforeEach(() => {
  for (const name of ["stdout", "stderr"] as const) {
    out[name] = "";
    vi.spyOn(process[name], "write").mockImplementation((text) => ((out[name] += String(text)), true));
  }
  return () => vi.restoreAllMocks();
});

const model = () => ["--init", at("model")];
const run = (...args: string[]) => runProgram(textCommands(), args);
const lines = (name: string) =>
  readFileSync(at(name), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe("nearfar text", () => {
  it("search prints rank, score and text, or JSON alone, and says where --top is too large", async () => {
    expect(await run("search", at("texts.txt"), ...model(), "--query", "the cat sat", "--top", "2")).toBe(0);
    expect(out.stdout).toMatch(/^rank +score +text\n +1 +1\.0000 +the cat sat\n +2 +0\.\d{4} +the cat slept\n$/);
    out.stdout = "";
    expect(await run("search", at("texts.txt"), "--bm25", "--query", "dog", "--query", "fish", "--json")).toBe(0);
    const { results } = JSON.parse(out.stdout) as { results: { hits: { text: string }[] }[] };
    expect(results.map(({ hits }) => hits.map(({ text }) => text))).toEqual([["a dog barked", "a dog slept"], []]);
    expect(out.stderr).toMatch(/--top 10: there are only 4 texts/);
  });

  it("search --index finds without the files", async () => {
    const index = ["--index", at("index"), "--query", "dog"];
    expect(await run("search", at("texts.txt"), ...model(), ...index)).toBe(0);
    const first = out.stdout;
    out.stdout = "";
    expect(await run("search", ...model(), ...index)).toBe(0);
    expect(out.stdout).toBe(first);
  });

  it("similar prints a cosine, and adds one to each pair of a table", async () => {
    expect(await run("similar", "the cat", "the cat", ...model())).toBe(0);
    expect(out.stdout).toBe("1.0000\n");
    expect(await run("similar", "--pairs", at("pairs.tsv"), "--out", at("similar.jsonl"), ...model())).toBe(0);
    expect(lines("similar.jsonl").map((row) => Object.keys(row))).toEqual(
      Array(3).fill(["anchor", "positive", "cosine"]),
    );
  });

  it("cluster prints groups and writes each text's", async () => {
    expect(await run("cluster", at("texts.txt"), ...model(), "--clusters", "2", "--out", at("clusters.jsonl"))).toBe(0);
    expect(out.stdout).toMatch(/^cluster 1, [34] texts\n {2}\S/);
    expect(lines("clusters.jsonl").map(({ text }) => text)).toEqual(texts);
    out.stdout = "";
    expect(await run("cluster", at("texts.txt"), ...model(), "--threshold", "0.999", "--least", "2")).toBe(0);
    expect(out.stdout).toBe("cluster 1, 2 texts\n  the cat sat\n  the cat sat\n3 texts belong to none.\n");
  });

  it("duplicates prints pairs, and counts repeated texts apart", async () => {
    const flags = ["--threshold", "0.1", "--out", at("duplicates.jsonl")];
    expect(await run("duplicates", at("texts.txt"), ...model(), ...flags)).toBe(0);
    expect(out.stderr).toMatch(/5 texts: 1 stood there before, letter by letter; \d+ pairs/);
    expect(out.stdout).toMatch(/^0\.\d{4} {2}\S.*\n {8}\S/);
    for (const row of lines("duplicates.jsonl")) expect(Object.keys(row)).toEqual(["first", "second", "cosine"]);
  });

  it("mine writes triplets", async () => {
    expect(await run("mine", at("pairs.tsv"), ...model(), "--no-margin", "--out", at("mined.jsonl"))).toBe(0);
    expect(lines("mined.jsonl").map((row) => Object.keys(row))).toEqual(
      Array(3).fill(["anchor", "positive", "negative"]),
    );
    expect(out.stderr).toMatch(/^.*3 rows in .*, their negatives from 3 texts\. Mean score/m);
    expect(await run("mine", at("pairs.tsv"), "--bm25", "--out", at("words.jsonl"), "--json")).toBe(0);
    expect(JSON.parse(out.stdout)).toMatchObject({ pairs: 3, anchors: 3, corpus: 3 });
  });

  const refused: readonly (readonly [what: string, args: () => string[], message: RegExp])[] = [
    ["no model", () => ["search", at("texts.txt"), "--query", "a"], /Which model\?/],
    ["no texts", () => ["search", ...model(), "--query", "a"], /Which texts are searched\?/],
    ["no query", () => ["search", at("texts.txt"), ...model()], /What is searched\?/],
    ["a blank query", () => ["search", at("texts.txt"), ...model(), "--query", ""], /--query: a text was expected/],
    ["a model for words", () => ["search", at("texts.txt"), "--bm25", ...model(), "--query", "a"], /leave --init out/],
    [
      "an unknown dtype",
      () => ["search", at("texts.txt"), ...model(), "--query", "a", "--dtype", "int4"],
      /nearest: "int8"/,
    ],
    ["one text", () => ["similar", "a", ...model()], /got 1 texts/],
    ["a blank text", () => ["similar", "a", "", ...model()], /one is blank/],
    ["pairs without --out", () => ["similar", "--pairs", at("pairs.tsv"), ...model()], /belong together/],
    ["no number of clusters", () => ["cluster", at("texts.txt"), ...model()], /How is it grouped\?/],
    ["more clusters than texts", () => ["cluster", at("texts.txt"), ...model(), "--clusters", "9"], /9 clusters and 5/],
    [
      "a threshold that is no cosine",
      () => ["duplicates", at("texts.txt"), ...model(), "--threshold", "2"],
      /threshold/,
    ],
    ["another ending", () => ["mine", at("pairs.tsv"), ...model(), "--out", at("x.csv")], /ends in \.jsonl/],
    [
      "a range that is none",
      () => ["mine", at("pairs.tsv"), "--bm25", "--out", at("x.jsonl"), "--range", "5"],
      /FROM,TO/,
    ],
    [
      "margins that contradict",
      () => ["mine", at("pairs.tsv"), "--bm25", "--out", at("x.jsonl"), "--no-margin", "--relative-margin", "0.1"],
      /contradict/,
    ],
    [
      "a folder that is not there",
      () => ["mine", at("pairs.tsv"), "--bm25", "--out", at("no/x.jsonl")],
      /no such file/,
    ],
  ];
  it.each(refused)("refuses %s in one line", async (_, args, message) => {
    expect(await run(...args())).toBe(2);
    expect(out.stderr.trimEnd().split("\n").at(-1)).toMatch(message);
    expect(out.stdout).toBe("");
  });
});

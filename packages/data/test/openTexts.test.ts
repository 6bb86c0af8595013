import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTexts, readExamples, textIds, type OpenTextsOptions, type TextExample } from "@nearfar/data";
import { UserError } from "@nearfar/formats";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nearfar-texts-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function all(files: readonly string[], options?: OpenTextsOptions): Promise<TextExample[]> {
  const examples: TextExample[] = [];
  for await (const example of (await openTexts(files, options)).examples()) examples.push(example);
  return examples;
}

describe("openTexts", () => {
  // The table of issue "Sentences", point "data", and the names in textRoles.ts.
  it.each([
    ["id,Text", "unlabelled", ["Text"]],
    ["source\tsentence", "unlabelled", ["sentence"]],
    ["review", "unlabelled", ["review"]],
    ["split,label,text", "labelled", ["text"]],
    ["sentence,intent", "labelled", ["sentence"]],
    ["positive,anchor", "pairs", ["anchor", "positive"]],
    ["question,answer", "pairs", ["question", "answer"]],
    ["_id,title,text", "pairs", ["title", "text"]],
    ["sentence1,sentence2", "pairs", ["sentence1", "sentence2"]],
    ["anchor,positive,negative", "triplets", ["anchor", "positive", "negative"]],
    ["negative_2,query,positive,negative_1", "triplets", ["query", "positive", "negative_2", "negative_1"]],
    ["score,sentence1,sentence2", "scored", ["sentence1", "sentence2"]],
  ])("takes the columns %s as %s", async (header, kind, texts) => {
    const cells = header.split(/[,\t]/);
    const row = cells.map((name) => (name === "score" ? "1" : `a ${name}`));
    const path = await file(
      header.includes("\t") ? "c.tsv" : "c.csv",
      [cells, row].map((one) => one.join(header.includes("\t") ? "\t" : ",")).join("\n"),
    );
    const set = await openTexts([path]);
    expect(set.kind).toBe(kind);
    expect(set.width).toBe(texts.length);
    expect(set.columns[0]!.texts).toEqual(texts);
    for (const name of cells) expect(set.description).toContain(name);
    expect((await all([path]))[0]!.texts).toEqual(texts.map((name) => `a ${name}`));
  });

  it.each(["en,zh", "sentence1,sentence2,label", "question1,question2,is_duplicate", "label,score"])(
    "does not guess what the columns %s are",
    async (header) => {
      const path = await file("g.csv", `${header}\n`);
      await expect(openTexts([path])).rejects.toThrow(UserError);
      await expect(openTexts([path])).rejects.toThrow(/g\.csv: the columns ".*" make no example/);
    },
  );

  it("takes what the columns are from the flags, and rows by a column's value", async () => {
    const path = await file("f.tsv", "split\ten\tzh\ntrain\ta\t一\ntest\tb\t二\ntrain\tc\t三\n");
    const columns = { anchor: ["zh"], positive: ["en"] };
    const set = await openTexts([path], { columns, where: { split: "train" } });
    expect(set.kind).toBe("pairs");
    expect(await all([path], { columns, where: { split: "train" } })).toEqual([
      { texts: ["一", "a"], file: path, row: 2 },
      { texts: ["三", "c"], file: path, row: 4 },
    ]);
    expect((await all([path], { columns: { text: ["en"], document: ["split"] } })).map((one) => one.document)).toEqual([
      "train",
      "test",
      "train",
    ]);
    await expect(openTexts([path], { columns: { text: ["de"] } }).then(readExamples)).rejects.toThrow(/no column "de"/);
    await expect(all([path], { columns, where: { part: "x" } })).rejects.toThrow(/no column "part"/);
    const bare = await file("bare.tsv", "a\tb\nc\td\n");
    const numbered = { header: false, columns: { anchor: ["1"], positive: ["2"] } };
    expect((await all([bare], numbered)).map(({ texts }) => texts)).toEqual([
      ["a", "b"],
      ["c", "d"],
    ]);
  });

  it("reads several files of one kind, and any number of times", async () => {
    const files = [await file("1.txt", "a\n\nb\n"), await file("2.jsonl", '{"text":"c","id":1}\n')];
    const set = await openTexts(files);
    for (let pass = 0; pass < 2; pass++) {
      const reading = set.examples();
      const texts: string[] = [];
      for await (const example of reading) texts.push(...example.texts);
      expect(texts).toEqual(["a", "b", "c"]);
      expect(reading.blank).toBe(1);
    }
    const pairs = await file("3.tsv", "anchor\tpositive\na\tb\n");
    await expect(openTexts([...files, pairs])).rejects.toThrow(/3\.tsv holds pairs, and .*1\.txt texts alone/);
    const two = await file("4.tsv", "anchor\tpositive\tnegative\na\tb\tc\n");
    const three = await file("5.tsv", "anchor\tpositive\tnegative\tnegative2\na\tb\tc\td\n");
    await expect(openTexts([two, three])).rejects.toThrow(/triplets with 2 negatives, and .* with 1 negatives/);
  });

  it("brings scores to 0 to 1, from 0 to 1, from 0 to 5 or from a range that is given", async () => {
    const scored = (scores: readonly unknown[]) =>
      file("s.jsonl", scores.map((score) => JSON.stringify({ sentence1: "a", sentence2: "b", score })).join("\n"));
    const read = async (scores: readonly unknown[], range?: [number, number]) =>
      (await all([await scored(scores)], { range })).map(({ score }) => score);
    expect(await read([0, "0.5", 1])).toEqual([0, 0.5, 1]);
    expect(await read([0.5, " 4.0", 1])).toEqual([0.1, 0.8, 0.2]);
    expect(await read([-1, 0.5], [-1, 1])).toEqual([0, 0.75]);
    for (const [scores, message] of [
      [[1, 5.5], /s\.jsonl:2: a score lies between 0 and 1 or between 0 and 5; got 5\.5/],
      [[-1], /s\.jsonl:1: .* got -1/],
      [[1, 1, "high"], /s\.jsonl:3: "score" must be a number; got "high"/],
      [[null], /s\.jsonl:1: "score" must be a number; got null/],
      [[1, " "], /s\.jsonl:2: "score" must be a number; got " "/],
      [[true], /s\.jsonl:1: "score" must be a number; got true/],
    ] as const)
      await expect(read(scores)).rejects.toThrow(message);
    await expect(read([3, 11], [0, 10])).rejects.toThrow(/s\.jsonl:2: "score": a score lies between 0 and 10; got 11/);
    await expect(read([3], [1, 1])).rejects.toThrow(/the lowest must lie below the highest/);
  });

  it("names the row of a cell that is no text or no label", async () => {
    const path = await file("t.jsonl", '{"text":"a","label":3}\n{"text":["a"],"label":3}\n');
    await expect(all([path])).rejects.toThrow(/t\.jsonl:2: "text" must be a text; got \["a"\]/);
    const label = await file("l.tsv", "text\tlabel\na\tx\nb\t\n");
    await expect(all([label])).rejects.toThrow(/l\.tsv:3: "label" must be a label; got ""/);
  });
});

describe("readExamples", () => {
  it("counts what is passed over and what occurs twice", async () => {
    const path = await file("r.tsv", "anchor\tpositive\na\tb\n\nb\ta\na\tb\n \tb\nc\t\na\tb\n");
    const set = await openTexts([path]);
    const { examples, blank, duplicates } = (await readExamples(set))!;
    expect(examples.map(({ row }) => row)).toEqual([2, 4, 5, 8]);
    expect(blank).toBe(3);
    expect(duplicates).toBe(2);
    expect([...textIds(examples)]).toEqual([0, 1, 1, 0, 0, 1, 0, 1]);
    expect(await readExamples(set, { limitBytes: 100 })).toBeUndefined();
  });

  it("refuses fewer than two examples", async () => {
    const set = await openTexts([await file("one.txt", "only\n\n")]);
    await expect(readExamples(set)).rejects.toThrow(/one\.txt: .* needs at least 2; got 1 and 1 blank rows/);
    expect((await readExamples(set, { least: 1 }))!.examples).toHaveLength(1);
  });
});

const data = process.env["NEARFAR_DATA"];
describe.skipIf(!data)("openTexts on real data (needs NEARFAR_DATA)", () => {
  // Counts and kinds from the README.md beside each file.
  it.each([
    ["intents/banking77.tsv.gz", {}, "labelled", 13_083],
    ["intents/banking77.tsv.gz", { where: { split: "test" } }, "labelled", 3_080],
    ["sts-en/stsb-en.tsv.gz", { where: { split: "train" } }, "scored", 5_749],
    ["sentences-en/sentences-en.tsv.gz", {}, "unlabelled", 314_723],
    ["scifact/corpus.jsonl.gz", {}, "pairs", 5_183],
    ["tatoeba-en-zh/tatoeba-en-zh.tsv.gz", { columns: { anchor: ["en"], positive: ["zh"] } }, "pairs", 28_447],
    [
      "tatoeba-en-zh/tatoeba-laser-test-1000.tsv.gz",
      { header: false, columns: { anchor: ["1"], positive: ["2"] } },
      "pairs",
      1_000,
    ],
  ] as [string, OpenTextsOptions, string, number][])("reads %s %j", async (name, options, kind, rows) => {
    const set = await openTexts([join(data!, name)], options);
    expect(set.kind).toBe(kind);
    expect((await readExamples(set))!.examples).toHaveLength(rows);
  });
});

import { join } from "node:path";
import { realData } from "@nearfar/testing";
import { describe, expect, it } from "vitest";
import { parseTask } from "../src/parseTask.ts";
import { readTask } from "../src/readTask.ts";
import { taskSize } from "../src/taskSize.ts";
import { write } from "./write.ts";

const read = (folder: string, type: string, rest: string) => readTask(parseTask(`${type}:${join(folder, rest)}`));

describe("readTask", () => {
  it("reads columns by usual names in any case, or by those that are given, and filters rows", async () => {
    const folder = write({
      "x.tsv": ["Split|SENTENCE1|zh|sentence2|Score", "dev|a|甲|b|2", "test|c|丙|d|3", "dev|e|戊|f|4"],
    });
    expect(await read(folder, "sts", "x.tsv")).toMatchObject({ left: ["a", "c", "e"], right: ["b", "d", "f"] });
    expect(await read(folder, "sts", "x.tsv?Split=dev&sentence2=zh")).toEqual({
      type: "sts",
      left: ["a", "e"],
      right: ["甲", "戊"],
      scores: Float64Array.of(2, 4),
    });
  });

  it("takes the columns of a file without a header in order", async () => {
    const folder = write({ "x.tsv": ["a|甲", "b|乙"], "y.tsv": ["a|甲|1", "b|乙|2"] });
    expect(await read(folder, "bitext", "x.tsv?header=no")).toEqual({
      type: "bitext",
      left: ["a", "b"],
      right: ["甲", "乙"],
    });
    const swapped = await read(folder, "bitext", "y.tsv?header=no&sentence1=2&sentence2=1");
    expect(swapped).toMatchObject({ left: ["甲", "乙"], right: ["a", "b"] });
  });

  it("learns from split=train and tests on split=test, or on another split that is named", async () => {
    const lines = ["text|intent|split", "a|x|train", "b|y|train", "c|y|test", "d|x|dev", "e|z|oos"];
    const folder = write({ "x.tsv": lines });
    const labels = { train: { labels: Int32Array.of(0, 1) }, classes: 2 };
    const test = await read(folder, "classification", "x.tsv");
    expect(test).toMatchObject({ ...labels, test: { texts: ["c"], labels: Int32Array.of(1) } });
    const dev = await read(folder, "classification", "x.tsv?split=dev");
    expect(dev).toMatchObject({ ...labels, test: { texts: ["d"], labels: Int32Array.of(0) } });
  });

  it("reads two files for classification", async () => {
    const folder = write({ "a.tsv": ["text|label", "a|x", "b|y"], "b.jsonl": ['{"label":"y","text":"c"}'] });
    const data = await readTask(parseTask(`classification:${join(folder, "a.tsv")},${join(folder, "b.jsonl")}`));
    expect(data).toMatchObject({ train: { texts: ["a", "b"] }, test: { texts: ["c"], labels: Int32Array.of(1) } });
  });

  const corpus = [
    '{"_id": "d1", "title": "One", "text": "first"}',
    '{"_id": "d2", "title": "", "text": "second"}',
    '{"_id": 3, "title": "Three", "text": ""}',
  ];
  const queries = ['{"_id": "q1", "text": "uno"}', '{"_id": "q2", "text": "due"}', '{"_id": "q3", "text": "tre"}'];

  it("reads BEIR's layout: the judged queries, titles before texts, qrels by split", async () => {
    const header = "query-id|corpus-id|score";
    const folder = write({
      "corpus.jsonl": corpus,
      "queries.jsonl": queries,
      "qrels/test.tsv": [header, "q2|d2|1", "q1|3|2", "q2|d1|0"],
      "qrels/dev.tsv": [header, "q3|d1|1"],
    });
    expect(await read(folder, "retrieval", "")).toEqual({
      type: "retrieval",
      queries: ["due", "uno"],
      documents: ["One first", "second", "Three"],
      relevance: [new Map([[1, 1], [0, 0]]), new Map([[2, 2]])], // prettier-ignore
    });
    expect(await read(folder, "retrieval", "?split=dev")).toMatchObject({ queries: ["tre"] });
  });

  it("reads qrels of all splits in one file, of which test is the usual one", async () => {
    const qrels = ["split|query-id|corpus-id|score", "train|q1|d1|1", "test|q3|d2|1"];
    const folder = write({ "corpus.jsonl": corpus, "queries.jsonl": queries, "qrels.tsv": qrels });
    expect(await read(folder, "retrieval", "")).toMatchObject({ queries: ["tre"] });
    expect(await read(folder, "retrieval", "?split=train")).toMatchObject({ queries: ["uno"] });
  });

  const bad: Record<string, [type: string, rest: string, files: Record<string, string[]>, message: string]> = {
    "a file that is missing": ["sts", "x.tsv", {}, "x.tsv"],
    "a column that is missing": ["sts", "x.tsv", { "x.tsv": ["sentence1|score", "a|1"] }, 'none is "sentence2". Say which: sts:'],
    "a pair that stands for a header": ["bitext", "x.tsv", { "x.tsv": ["a|b", "c|d"] }, "or header=no where the first row is data"],
    "a given column that is missing": ["bitext", "x.tsv?sentence1=en&sentence2=zh", { "x.tsv": ["a|b", "c|d"] }, 'no column "en"'],
    "a value that no row has": ["clustering", "x.tsv?split=tset", { "x.tsv": ["text|label|split", "a|b|test"] }, 'no row has split=tset; its values are "test".'],
    "a column of rows that is missing": ["clustering", "x.tsv?part=1", { "x.tsv": ["text|label", "a|b"] }, 'no column "part"'],
    "rows that exclude each other": ["clustering", "x.tsv?a=1&b=1", { "x.tsv": ["text|label|a|b", "x|y|1|2", "x|y|2|1"] }, "no row with a=1 and b=1."],
    "a table without rows": ["clustering", "x.tsv", { "x.tsv": ["text|label"] }, "no row."],
    "a blank text": ["bitext", "x.tsv", { "x.tsv": ["sentence1|sentence2", "a|b", "a| "] }, 'x.tsv:3: sentence2 is a text that is not blank; got " ".'],
    "a score that is none": ["sts", "x.tsv", { "x.tsv": ["sentence1|sentence2|score", "a|b|high"] }, 'x.tsv:2: score is a number; got "high".'],
    "a blank score": ["sts", "x.tsv", { "x.tsv": ["sentence1|sentence2|score", "a|b|"] }, 'x.tsv:2: score is a number; got "".'],
    "scores that are all equal": ["sts", "x.tsv", { "x.tsv": ["sentence1|sentence2|score", "a|b|1", "c|d|1"] }, "all 2 are 1."],
    "a subset of one pair": ["sts", "x.tsv?subsets=g", { "x.tsv": ["sentence1|sentence2|score|g", "a|b|1|u", "c|d|2|u", "e|f|2|v"] }, '"v" has one.'],
    "a label that is no verdict": ["pairs", "x.tsv", { "x.tsv": ["sentence1|sentence2|label", "a|b|2"] }, "x.tsv:2: label is 1 for a pair"],
    "no pair that belongs together": ["pairs", "x.tsv", { "x.tsv": ["sentence1|sentence2|label", "a|b|0"] }, "at least one pair has label 1"],
    "one class": ["clustering", "x.tsv", { "x.tsv": ["text|label", "a|x"] }, "at least two different labels are needed; got 1."],
    "one class to learn from": ["classification", "x.tsv", { "x.tsv": ["text|label|split", "a|x|train", "b|x|test"] }, "to learn from; got 1."],
    "no split": ["classification", "x.tsv", { "x.tsv": ["text|label", "a|x"] }, 'has a column "split"'],
    "a test on what is learned from": ["classification", "x.tsv?split=train", { "x.tsv": ["text|label|split", "a|x|train"] }, "Test on others."],
    "a class that was not learned": ["classification", "x.tsv", { "x.tsv": ["text|label|split", "a|x|train", "b|y|train", "c|z|test"] }, 'x.tsv:4: no training row has its label, "z".'],
    "a text that is an object": ["clustering", "x.jsonl", { "x.jsonl": ['{"text": {"a": 1}, "label": "b"}'] }, "x.jsonl:1: text is a text"],
    "no folder": ["retrieval", "nowhere", {}, "there is no such folder"],
    "a folder without a corpus": ["retrieval", "", { "queries.jsonl": queries }, "there is no corpus.jsonl."],
    "a folder without judgements": ["retrieval", "?split=dev", { "corpus.jsonl": corpus, "queries.jsonl": queries }, "there is no qrels/dev.tsv or qrels.tsv."],
    "an identifier twice": ["retrieval", "", { "corpus.jsonl": [corpus[0]!, corpus[0]!], "queries.jsonl": queries }, 'corpus.jsonl:2: the _id "d1" stands there twice.'],
    "a query that is missing": ["retrieval", "", { "corpus.jsonl": corpus, "queries.jsonl": queries, "qrels.tsv": ["query-id|corpus-id|score", "q9|d1|1"] }, 'qrels.tsv:2: queries.jsonl has no query "q9".'],
    "a document that is missing": ["retrieval", "", { "corpus.jsonl": corpus, "queries.jsonl": queries, "qrels.tsv": ["query-id|corpus-id|score", "q1|d9|1"] }, 'qrels.tsv:2: corpus.jsonl has no document "d9".'],
    "a split of qrels without splits": ["retrieval", "?split=dev", { "corpus.jsonl": corpus, "queries.jsonl": queries, "qrels.tsv": ["query-id|corpus-id|score", "q1|d1|1"] }, 'no column "split"'],
  }; // prettier-ignore

  it.each(Object.keys(bad))("refuses %s", async (name) => {
    const [type, rest, files, message] = bad[name]!;
    await expect(read(write(files), type, rest)).rejects.toMatchObject({
      name: "UserError",
      message: expect.stringContaining(message) as string,
    });
  });
});

describe("readTask on real files", () => {
  const intents = realData("intents/banking77.tsv.gz");
  it.skipIf(intents.missing)(`reads Banking77 ${intents.reason}`, async () => {
    const data = await readTask(parseTask(`classification:${intents.path}`));
    expect(taskSize(data)).toEqual({ train: 10_003, test: 3080, classes: 77 }); // the data set's README
  });

  const scifact = realData("scifact");
  it.skipIf(scifact.missing)(`reads SciFact ${scifact.reason}`, async () => {
    const data = await readTask(parseTask(`retrieval:${scifact.path}?split=test`));
    expect(taskSize(data)).toEqual({ queries: 300, documents: 5183 }); // the data set's README
  });

  const tatoeba = realData("tatoeba-en-zh/tatoeba-laser-test-1000.tsv.gz");
  it.skipIf(tatoeba.missing)(`reads Tatoeba's pairs, which have no header ${tatoeba.reason}`, async () => {
    const data = await readTask(parseTask(`bitext:${tatoeba.path}?header=no`));
    expect(taskSize(data)).toEqual({ pairs: 1000 }); // the data set's README
  });
});

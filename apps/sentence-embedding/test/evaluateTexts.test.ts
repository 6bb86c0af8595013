import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { staticEmbedding, writeStatic } from "@nearfar/encoders";
import { key } from "@nearfar/random";
import { createRun } from "@nearfar/runs";
import { loadEngine } from "@nearfar/tensor";
import { temporaryFolder, tensorCount } from "@nearfar/testing";
import { trainTokenizer } from "@nearfar/tokenizers";
import { describe, expect, it, vi } from "vitest";
import { evaluateCommand } from "../src/evaluateCommand.ts";
import { evaluateTexts } from "../src/evaluateTexts.ts";
import { evaluationText } from "../src/evaluationText.ts";
import { fakeEncoder } from "./fakeEncoder.ts";
import { write } from "./write.ts";

loadEngine();

const sts = ["sentence1|sentence2|score", "a cat|a cat|5", "a dog|a cat|3", "the sun|a cat|0"];
const model = fakeEncoder({ "a cat": [1, 0], "a dog": [0, 1], "the sun": [0.8, 0.6] });

describe("evaluateTexts", () => {
  it("puts the model beside what words alone score", async () => {
    const folder = write({ "x.tsv": sts });
    const { model: name, tasks, notes } = await evaluateTexts(model, [`sts:${join(folder, "x.tsv")}`]);
    expect(name).toBe("fake");
    expect(tasks).toHaveLength(1);
    const { rows, size, type } = tasks[0]!;
    expect([type, size]).toEqual(["sts", { pairs: 3 }]);
    expect(rows.map(({ representation, main }) => [representation, main])).toEqual([
      ["fake", expect.closeTo(50, 10)], // ranks 1 3 2 against 1 2 3: 1 - 6 * 2 / (3 * 8)
      ["bag of words", expect.closeTo(100, 10)], // cosines 1, 1/2, 0
      ["bag of words, idf", expect.closeTo(100, 10)],
      ["Jaccard", expect.closeTo(100, 10)], // 1, 1/3, 0
    ]);
    expect(notes).toEqual([expect.stringMatching(/^No row "untrained"/)]);
  });

  it("puts BM25 beside it in retrieval, and nothing in clustering", async () => {
    const folder = write({
      "corpus.jsonl": ['{"_id":"1","title":"","text":"a cat"}', '{"_id":"2","title":"","text":"the sun"}'],
      "queries.jsonl": ['{"_id":"q","text":"a dog"}'],
      "qrels.tsv": ["query-id|corpus-id|score", "q|1|1"],
      "c.tsv": ["text|label", "a cat|x", "a dog|y", "the sun|x"],
    });
    const { tasks } = await evaluateTexts(model, [`retrieval:${folder}`, `clustering:${join(folder, "c.tsv")}`]);
    const [retrieval, clustering] = tasks.map(({ rows }) =>
      rows.map(({ representation, main }) => [representation, main]),
    );
    expect(retrieval).toEqual([
      ["fake", expect.closeTo(100 / Math.log2(3), 8)], // the sun is nearer to a dog (0.6) than a cat (0)
      ["BM25", 100], // they share "a"
    ]);
    expect(clustering!.map(([name]) => name)).toEqual(["fake"]);
    expect(tasks.map(({ size }) => size)).toEqual([
      { queries: 1, documents: 2 },
      { texts: 3, classes: 2 },
    ]);
  });

  it("puts the same architecture untrained beside a model folder", async () => {
    const { folder, run } = await trainedRun();
    const file = join(write({ "x.tsv": sts }), "x.tsv");
    const before = tensorCount();
    const ofFolder = await evaluateTexts({ init: folder }, [`sts:${file}`]);
    const ofRun = await evaluateTexts({ run }, [`sts:${file}`]);
    expect(tensorCount()).toBe(before);
    expect(ofFolder.tasks[0]!.rows.map(({ representation, dimensions }) => [representation, dimensions])).toEqual([
      ["model", 8],
      ["untrained", 8],
      ["bag of words", undefined],
      ["bag of words, idf", undefined],
      ["Jaccard", undefined],
    ]);
    expect(ofRun.model).toBe(run);
    expect(ofRun.tasks[0]!.rows[0]).toEqual({ ...ofFolder.tasks[0]!.rows[0], representation: "trained" });
    expect(ofRun.tasks[0]!.rows.slice(1)).toEqual(ofFolder.tasks[0]!.rows.slice(1));
    expect([...ofFolder.notes, ...ofRun.notes]).toEqual([]);
  });

  it("puts the folder that a fine-tuned run began with beside it, or says that it is not there", async () => {
    const { folder } = await trainedRun();
    const file = join(write({ "x.tsv": sts }), "x.tsv");
    const tuned = await trainedRun({ encoder: "folder", init: folder });
    const { tasks } = await evaluateTexts({ run: tuned.run }, [`sts:${file}`]);
    expect(tasks[0]!.rows.map(({ representation }) => representation).slice(0, 2)).toEqual([
      "trained",
      "before training",
    ]);
    const lost = await trainedRun({ encoder: "folder", init: join(folder, "gone") });
    const { notes } = await evaluateTexts({ run: lost.run }, [`sts:${file}`]);
    expect(notes).toEqual([expect.stringMatching(/^No row "before training".*gone, is not there\.$/)]);
  });

  it("reads all files before it encodes a text", async () => {
    const folder = write({ "x.tsv": sts });
    const encode = vi.spyOn(model, "encode");
    const tasks = [`sts:${join(folder, "x.tsv")}`, `sts:${join(folder, "gone.tsv")}`];
    await expect(evaluateTexts(model, tasks)).rejects.toMatchObject({ name: "UserError" });
    expect(encode).not.toHaveBeenCalled();
    encode.mockRestore();
  });
});

describe("evaluationText", () => {
  it("is a table per task, in points", async () => {
    const folder = write({ "x.tsv": sts });
    const spec = `sts:${join(folder, "x.tsv")}`;
    const lines = evaluationText(await evaluateTexts(model, [spec])).split("\n");
    expect(lines[0]).toBe(`${spec} (3 pairs)`);
    expect(lines[1]).toMatch(/^\s+dimensions\s+Spearman\s+Pearson\s+alignment\s+uniformity$/);
    expect(lines[2]).toMatch(/^fake\s+2\s+50\.00\s/);
    expect(lines[3]).toMatch(/^bag of words\s+100\.00\s+\d+\.\d\d$/);
    expect(lines.at(-2)).toMatch(/^No row "untrained"/);
  });
});

describe("evaluateCommand", () => {
  it("prints JSON alone, which it also keeps in the run", async () => {
    const { run } = await trainedRun();
    const file = join(write({ "x.tsv": sts }), "x.tsv");
    const printed: string[] = [];
    vi.spyOn(process.stderr, "write").mockReturnValue(true);
    vi.spyOn(process.stdout, "write").mockImplementation((text) => printed.push(String(text)) > 0);
    try {
      await evaluateCommand().parseAsync(["--run", run, "--task", `sts:${file}`, "--task", `sts:${file}`, "--json"], { from: "user" }); // prettier-ignore
    } finally {
      vi.restoreAllMocks();
    }
    const kept = readFileSync(join(run, "evaluation.json"), "utf8");
    expect(printed.join("")).toBe(kept);
    expect(JSON.parse(kept)).toMatchObject({ model: run, tasks: [{ task: `sts:${file}` }, { task: `sts:${file}` }] });
  });

  it.each([[[]], [["--run", "a", "--init", "b"]]])("wants one model: %j", async (flags) => {
    const file = join(write({ "x.tsv": sts }), "x.tsv");
    vi.spyOn(process.stderr, "write").mockReturnValue(true);
    try {
      const done = evaluateCommand().parseAsync([...flags, "--task", `sts:${file}`], { from: "user" });
      await expect(done).rejects.toMatchObject({ name: "UserError", message: expect.stringMatching(/^Which model/) as string }); // prettier-ignore
    } finally {
      vi.restoreAllMocks();
    }
  });
});

/** A run with a static model of eight dimensions. */
async function trainedRun(configuration: { encoder: string; init: string } = { encoder: "static", init: "static" }) {
  const run = join(temporaryFolder(), "run");
  const folder = join(run, "model");
  const open = await createRun(run, { method: "parts", seed: 0, batch: 2, ...configuration });
  await open.close();
  mkdirSync(folder);
  const tokenizer = trainTokenizer(["a cat", "a dog", "the sun"], { vocabulary: 100 });
  const params = staticEmbedding({ vocabularySize: tokenizer.vocabularySize, dimensions: 8 }).init(key(7));
  await writeStatic(folder, { params, tokenizer });
  return { run, folder };
}

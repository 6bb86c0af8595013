import { join } from "node:path";
import { openModel } from "@nearfar/encoders";
import { loadEngine } from "@nearfar/tensor";
import { miniLm, realData, tensorCount } from "@nearfar/testing";
import { describe, expect, it } from "vitest";
import { evaluateTask } from "../src/evaluateTask.ts";
import { parseTask } from "../src/parseTask.ts";
import { fakeEncoder } from "./fakeEncoder.ts";
import { write } from "./write.ts";

loadEngine();

/** A unit vector whose cosine with `x` is this. */
const at = (cosine: number) => [cosine, Math.sqrt(1 - cosine * cosine)];
const angles = fakeEncoder({
  x: [1, 0],
  ...Object.fromEntries([1, 0.9, 0.8, 0.7, 0.6, 0.1].map((c) => [`c${c}`, at(c)])),
});
const evaluate = (model: typeof angles, folder: string, spec: string) => {
  const [type, rest] = spec.split(":") as [string, string];
  return evaluateTask(model, parseTask(`${type}:${join(folder, rest)}`));
};

describe("evaluateTask", () => {
  it("sts: Spearman of the cosine in points, other similarities, alignment and uniformity", async () => {
    const folder = write({
      "x.tsv": ["sentence1|sentence2|score", "x|c1|5", "x|c0.8|4.5", "x|c0.6|1", "x|c0.1|2"],
    });
    const { main, metrics } = await evaluate(angles, folder, "sts:x.tsv");
    // Two neighbours of four ranks have changed places: 1 - 6 (1 + 1) / (4 (16 - 1)).
    expect(main).toBeCloseTo(80, 10);
    expect(metrics["sts.cosine.spearman"]).toBeCloseTo(0.8, 12);
    expect(metrics["sts.euclidean.spearman"]).toBeCloseTo(0.8, 12); // vectors of length 1: the same order
    expect(Object.keys(metrics)).toEqual(
      expect.arrayContaining(["sts.cosine.pearson", "sts.dot.spearman", "sts.manhattan.spearman", "sts.uniformity"]),
    );
    // Above 4 are cosines 1 and 0.8: |x - y|² = 2 - 2 cos.
    expect(metrics["sts.alignment"]).toBeCloseTo((0 + 0.4) / 2, 6);
  });

  it("sts: alignment on scores from 0 to 1 is of those above 0.8, and left out on other scales", async () => {
    const folder = write({
      "unit.tsv": ["sentence1|sentence2|score", "x|c1|1", "x|c0.8|0.9", "x|c0.1|0.8"],
      "wide.tsv": ["sentence1|sentence2|score", "x|c1|100", "x|c0.8|50"],
      "low.tsv": ["sentence1|sentence2|score", "x|c1|3", "x|c0.8|2"],
    });
    expect((await evaluate(angles, folder, "sts:unit.tsv")).metrics["sts.alignment"]).toBeCloseTo(0.2, 6);
    for (const file of ["wide.tsv", "low.tsv"])
      expect((await evaluate(angles, folder, `sts:${file}`)).metrics).not.toHaveProperty("sts.alignment");
  });

  it('sts with subsets: "all" before all, with both means', async () => {
    const rows = ["x|c1|5|u", "x|c0.9|4|u", "x|c0.8|1|v", "x|c0.7|2|v", "x|c0.6|3|v"];
    const folder = write({ "x.tsv": ["sentence1|sentence2|score|genre", ...rows] });
    const { main, metrics } = await evaluate(angles, folder, "sts:x.tsv?subsets=genre");
    // Ranks 1 2 3 4 5 against 1 2 5 4 3: 1 - 6 (4 + 4) / (5 (25 - 1)).
    expect(main).toBeCloseTo(60, 10);
    // Of u 1, of v -1 (three ranks turned round).
    expect(metrics["sts.mean.cosine.spearman"]).toBeCloseTo(0, 12);
    expect(metrics["sts.weightedMean.cosine.spearman"]).toBeCloseTo((2 * 1 + 3 * -1) / 5, 12);
  });

  it("pairs: average precision of the cosine", async () => {
    const folder = write({ "x.tsv": ["sentence1|sentence2|label", "x|c0.9|1", "x|c0.8|0", "x|c0.7|1", "x|c0.1|0"] });
    const { main, metrics } = await evaluate(angles, folder, "pairs:x.tsv");
    // Precision 1 at the first positive, 2/3 at the second.
    expect(main).toBeCloseTo((100 * (1 + 2 / 3)) / 2, 10);
    expect(metrics["pairs.cosine.f1"]).toBeCloseTo(4 / 5, 12); // all but the last: 2 hits of 3, of 2
    expect(metrics["pairs.best.averagePrecision"]).toBeCloseTo(5 / 6, 12);
  });

  it("bitext: F1, and recall@1 both ways", async () => {
    const model = fakeEncoder({ a: [1, 0], b: [0.9, 0.1], c: [0, 1], A: [1, 0], B: [-1, 0.3], C: [0, 1] });
    const folder = write({ "x.tsv": ["sentence1|sentence2", "a|A", "b|B", "c|C"] });
    const { main, metrics } = await evaluate(model, folder, "bitext:x.tsv");
    // A is found by a and b (F1 2/3), B by none (0), C by c (1).
    expect(main).toBeCloseTo((100 * (2 / 3 + 0 + 1)) / 3, 10);
    expect(metrics["bitext.recallAt1.forward"]).toBeCloseTo(2 / 3, 12);
    expect(metrics["bitext.recallAt1.backward"]).toBeCloseTo(2 / 3, 12); // B's nearest is c
  });

  it("retrieval: nDCG@10 by exact search, documents with their titles", async () => {
    const model = fakeEncoder({ q: [1, 0], r: [0, 1], "One a": at(0.9), b: at(0.8), c: at(0.1) });
    const folder = write({
      "corpus.jsonl": ['{"_id":"1","title":"One","text":"a"}', '{"_id":"2","title":"","text":"b"}', '{"_id":"3","title":"","text":"c"}'], // prettier-ignore
      "queries.jsonl": ['{"_id":"q","text":"q"}', '{"_id":"r","text":"r"}'],
      "qrels.tsv": ["query-id|corpus-id|score", "q|2|1", "r|3|1"],
    });
    const { main, metrics } = await evaluate(model, folder, "retrieval:");
    // q finds its document second, r first.
    expect(main).toBeCloseTo((100 * (1 / Math.log2(3) + 1)) / 2, 8);
    expect(metrics["retrieval.mrr@10"]).toBeCloseTo((1 / 2 + 1) / 2, 12);
    expect(metrics["retrieval.recall@1"]).toBe(0.5);
    expect(metrics["retrieval.recall@100"]).toBe(1); // of a corpus of three
  });

  it("classification: a probe on all training rows, k-NN with its k, and MTEB's few examples", async () => {
    const train = Array.from({ length: 12 }, (_, i) => `${i % 2 ? "left" : "right"}${i}`);
    const vectors = Object.fromEntries(train.map((text, i) => [text, [i % 2 ? -1 : 1, 0.05 * i]]));
    const model = fakeEncoder({ ...vectors, l: [-1, 0.3], r: [1, 0.3] });
    const label = (text: string) => text.replace(/\d+/, "");
    const lines = ["text|label", ...train.map((text) => `${text}|${label(text)}`)];
    // One of four test rows bears the other's label.
    const folder = write({ "a.tsv": lines, "b.tsv": ["text|label", "l|left", "l|left", "r|right", "r|left"] });
    const spec = parseTask(`classification:${join(folder, "a.tsv")},${join(folder, "b.tsv")}`);
    const { main, metrics } = await evaluateTask(model, spec);
    expect(main).toBe(75);
    expect(metrics).toMatchObject({ "classification.accuracy": 0.75, "classification.mteb.accuracy": 0.75 });
    expect(metrics["classification.knn@10"]).toBe(0.75);
  });

  it("clustering: 1 where the clusters are the labels, and the same for the same seed", async () => {
    const texts = Array.from({ length: 20 }, (_, i) => `t${i}`);
    const model = fakeEncoder(Object.fromEntries(texts.map((text, i) => [text, [i % 2 ? 5 : -5, 0.01 * i]])));
    const folder = write({ "x.tsv": ["text|label", ...texts.map((text, i) => `${text}|${i % 2}`)] });
    const score = await evaluate(model, folder, "clustering:x.tsv");
    expect(score).toEqual({ main: 100, metrics: { "clustering.vMeasure": 1, "clustering.deviation": 0 } });
    expect(await evaluate(model, folder, "clustering:x.tsv")).toEqual(score);
  });

  it("leaves no tensor behind", async () => {
    const folder = write({ "x.tsv": ["sentence1|sentence2|score", "x|c1|5", "x|c0.8|4.5", "x|c0.6|1"] });
    const before = tensorCount();
    await evaluate(angles, folder, "sts:x.tsv");
    expect(tensorCount()).toBe(before);
  });

  const [lm, stsb] = [miniLm(), realData("sts-en/stsb-en.tsv.gz")];
  const minutes = 10 * 60_000; // 2,758 sentences; seconds on a free machine
  it.skipIf(lm.missing || stsb.missing)(
    `all-MiniLM-L6-v2 scores on STS-B what it does in sentence-transformers ${lm.reason}${stsb.reason}`,
    async () => {
      const model = await openModel(lm.path);
      const { main } = await evaluateTask(model, parseTask(`sts:${stsb.path}?split=test`));
      model.dispose();
      expect(Math.abs(main - 82.03)).toBeLessThan(0.05); // sentence-transformers 6.2.0, on the same file
    },
    minutes,
  );
});

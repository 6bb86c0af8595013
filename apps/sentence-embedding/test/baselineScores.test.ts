import { realData } from "@nearfar/testing";
import { describe, expect, it } from "vitest";
import { baselineScores } from "../src/baselineScores.ts";
import { parseTask } from "../src/parseTask.ts";
import { readTask } from "../src/readTask.ts";

const mains = async (spec: string) =>
  Object.fromEntries(baselineScores(await readTask(parseTask(spec))).map(({ name, score }) => [name, score.main]));

describe("baselineScores", () => {
  it("tells pairs that belong together by their words", () => {
    const data = {
      type: "pairs",
      left: ["a cat", "a dog", "the sun"],
      right: ["a cat", "a cat", "a cat"],
      labels: Int32Array.of(1, 0, 1),
    } as const;
    const found = baselineScores(data);
    expect(found.map(({ name }) => name)).toEqual(["bag of words", "bag of words, idf", "Jaccard"]);
    // In order of similarity 1, 0, 1: precision 1 and 2/3 at the two that belong together.
    for (const { score } of found) expect(score.main).toBeCloseTo((100 * (1 + 2 / 3)) / 2, 10);
  });

  it("has none for bitext", () => {
    expect(baselineScores({ type: "bitext", left: ["a"], right: ["b"] })).toEqual([]);
  });

  const sts = realData("sts-en/stsb-en.tsv.gz");
  it.skipIf(sts.missing)(`reaches the known values on STS-B's test set ${sts.reason}`, async () => {
    const found = await mains(`sts:${sts.path}?split=test`);
    // Measured in Python with scipy on the words [a-z0-9]+; words in other scripts differ by a hundredth.
    expect(Math.abs(found["bag of words"]! - 49.4)).toBeLessThan(0.05);
    expect(Math.abs(found.Jaccard! - 56.51)).toBeLessThan(0.05);
  });

  const scifact = realData("scifact");
  it.skipIf(scifact.missing)(`BM25 reaches its known value on SciFact ${scifact.reason}`, async () => {
    // The data set's README: nDCG@10 .6611 without stemming, k1 .9, b .4.
    expect(Math.abs((await mains(`retrieval:${scifact.path}`)).BM25! - 66.11)).toBeLessThan(0.2);
  });
});

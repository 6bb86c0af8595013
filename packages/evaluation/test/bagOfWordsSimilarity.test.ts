import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { bagOfWordsSimilarity, spearman } from "@nearfar/evaluation";
import { realData, relativeError } from "@nearfar/testing";
import { tasks } from "./tasks.ts";

describe("bagOfWordsSimilarity", () => {
  const { texts, pairs, ...expected } = tasks.bagOfWords;

  it("equals scikit-learn's counts and inverse document frequencies", () => {
    const plain = bagOfWordsSimilarity(pairs);
    expect(relativeError(plain.cosine, expected.cosine)).toBeLessThan(1e-12); // golden/makeTasks.py
    expect(relativeError(plain.jaccard, expected.jaccard)).toBeLessThan(1e-12);
    expect(relativeError(bagOfWordsSimilarity(pairs, { corpus: texts }).cosine, expected.weighted)).toBeLessThan(1e-12);
  });

  it("takes a Chinese character as a word, beside words of other scripts", () => {
    const { cosine, jaccard } = bagOfWordsSimilarity([["我喜欢 GPT4。", "你喜欢gpt4！"]]);
    expect(cosine[0]).toBeCloseTo(3 / 4, 12); // by hand: four words each, three in both
    expect(jaccard[0]).toBeCloseTo(3 / 5, 12);
  });

  const { path, missing, reason } = realData("sts-en/stsb-en.tsv.gz");
  it.skipIf(missing)(`reaches the baselines of STS-B's test set ${reason}`, () => {
    const rows = gunzipSync(readFileSync(path)).toString("utf8").trimEnd().split("\n").map((line) => line.split("\t")); // prettier-ignore
    const of = (split: string) => rows.filter((row) => row[0] === split);
    const test = of("test").map((row) => [row[5]!, row[6]!] as const);
    const scores = of("test").map((row) => Number(row[4]));
    expect(scores).toHaveLength(1379); // the data set's README
    const { cosine, jaccard } = bagOfWordsSimilarity(test);
    // Measured with scipy in Python on the words [a-z0-9]+ of the lower-cased text; words in other scripts differ by a hundredth.
    expect(Math.abs(100 * spearman(cosine, scores) - 49.4)).toBeLessThan(0.1);
    expect(Math.abs(100 * spearman(jaccard, scores) - 56.51)).toBeLessThan(0.1);
    // The same, with the frequencies of the training set: 67.74.
    const weighted = bagOfWordsSimilarity(test, { corpus: of("train").flatMap((row) => [row[5]!, row[6]!]) });
    expect(Math.abs(100 * spearman(weighted.cosine, scores) - 67.74)).toBeLessThan(0.1);
  });
});

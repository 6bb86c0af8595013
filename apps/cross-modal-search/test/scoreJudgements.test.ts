import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openTable } from "@nearfar/formats";
import { loadEngine } from "@nearfar/tensor";
import { gaussian, realData } from "@nearfar/testing";
import { judgements } from "../src/judgements.ts";
import { scoreJudgements } from "../src/scoreJudgements.ts";

const { path, missing, reason } = realData("flickr8k");

describe("scoreJudgements", () => {
  it.skipIf(missing)(`takes the pairs of Flickr8k that CLIPScore takes ${reason}`, async () => {
    loadEngine();
    const items: { path: string; captions: string[] }[] = [];
    const table = await openTable(join(path, "captions.tsv.gz"));
    for await (const { rows } of table.read(["split", "image", "c1", "c2", "c3", "c4", "c5"]))
      for (const { values } of rows) {
        const [split, image, ...captions] = values.map(String);
        if (split === "test") items.push({ path: `images/${image}`, captions });
      }
    const pairs = {
      items,
      first: items.map((_, i) => 5 * i),
      images: gaussian(1, items.length, 8),
      texts: gaussian(2, 5 * items.length, 8),
    };
    const expert = scoreJudgements(await judgements(`expert:${join(path, "expert-judgments.tsv.gz")}`), pairs);
    // 5,664 pairs of three ratings: what `download.py` of CLIPScore's flickr8k_example keeps of 5,822.
    expect(expert).toMatchObject({ pairs: 5664, ratings: 16_992, own: 158, missing: 0, variant: "c" });
    const crowd = scoreJudgements(await judgements(`crowd:${join(path, "crowdflower-judgments.tsv.gz")}`), pairs);
    expect(crowd).toMatchObject({ pairs: 47_830, ratings: 47_830, own: 0, missing: 0, variant: "b" });
    // Noise agrees with nobody: a deviation is below 0.01.
    expect(Math.abs(expert.tau)).toBeLessThan(0.03);
    expect(Math.abs(crowd.tau)).toBeLessThan(0.03);
  });
});

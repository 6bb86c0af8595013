import { join } from "node:path";
import { key } from "@nearfar/random";
import { loadEngine } from "@nearfar/tensor";
import { beforeAll, describe, expect, it } from "vitest";
import { clusterTexts } from "../src/clusterTexts.ts";
import { fakeEncoder } from "./fakeEncoder.ts";
import { write } from "./write.ts";

beforeAll(() => void loadEngine());

// Two directions and one text between them; lengths differ, and do not matter.
const encoder = fakeEncoder({
  "east 1": [1, 0],
  "east 2": [9, 0.9],
  "east 3": [2, -0.1],
  "east 4": [1, 0.02],
  "north 1": [0, 5],
  "north 2": [0.1, 1],
  between: [1, 1.02],
});
const texts = ["north 1", "east 1", "east 2", "north 2", "east 3", "east 4"];
const file = (lines: readonly string[]) => join(write({ "texts.txt": lines }), "texts.txt");

describe("clusterTexts", () => {
  it("by k-means: the largest first, with the texts nearest to the centre, and every text in its place", async () => {
    const found = await clusterTexts(key(0), encoder, [file(texts)], { by: { clusters: 2 } });
    expect(found.clusters.map(({ size }) => size)).toEqual([4, 2]);
    // The centre of east 1 to 4 points .0174 up (by hand: the mean of 0, .0995, -.0499, .02 for unit rows): east 4, 1, 3, 2 by nearness.
    expect(found.clusters[0]!.nearest).toEqual(["east 4", "east 1", "east 3"]);
    expect(found.alone).toBe(0);
    expect(found.rows.map(({ text }) => text)).toEqual(texts);
    expect(found.rows.map(({ cluster }) => cluster)).toEqual([2, 1, 1, 2, 1, 1]);
    for (const { cosine } of found.rows) expect(cosine).toBeGreaterThan(0.99);
    expect(await clusterTexts(key(0), encoder, [file(texts)], { by: { clusters: 2 } })).toEqual(found);
  });

  it("by threshold: the centre is a text, and some belong to none", async () => {
    const lines = [...texts, "between"];
    const by = { threshold: 0.9, least: 2 };
    const found = await clusterTexts(key(0), encoder, [file(lines)], { by });
    expect(found.clusters.map(({ size }) => size)).toEqual([4, 2]);
    expect(found.alone).toBe(1);
    expect(found.rows.at(-1)).toEqual({ text: "between", cluster: null, cosine: null });
    expect(found.clusters[0]!.nearest[0]).toBe("east 1"); // first of those with most neighbours
  });

  it("keeps a text that stands there twice, and takes one cluster of one text", async () => {
    const twice = await clusterTexts(key(1), encoder, [file(["east 1", "east 1", "north 1"])], { by: { clusters: 2 } });
    expect(twice.clusters.map(({ size }) => size)).toEqual([2, 1]);
    const one = await clusterTexts(key(1), encoder, [file(["between"])], { by: { clusters: 1 } });
    expect(one.clusters).toEqual([{ size: 1, nearest: ["between"] }]);
  });

  it("refuses more clusters than texts", async () => {
    const made = clusterTexts(key(0), encoder, [file(texts)], { by: { clusters: 7 } });
    await expect(made).rejects.toMatchObject({ name: "UserError" });
  });
});

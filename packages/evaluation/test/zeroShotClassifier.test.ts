import { describe, expect, it } from "vitest";
import { zeroShotClassifier, zeroShotTemplates } from "@nearfar/evaluation";
import { matrix } from "@nearfar/testing";
import { pairs } from "./pairs.ts";

describe("zeroShotClassifier", () => {
  const { classes, templates, sentences, classifier } = pairs.zeroShot;
  const encoder = { encode: async (texts: readonly string[]) => matrix(texts.map((text) => sentences[text]!)) };

  it("equals open_clip's, of its seven templates, also for names with signs that templates use", async () => {
    expect(zeroShotTemplates).toEqual(templates); // golden/makePairs.py
    const found = await zeroShotClassifier(encoder, classes);
    expect([found.rows, found.dimensions]).toEqual([7, 5]);
    classifier.flat().forEach((value, i) => expect(found.data[i]).toBeCloseTo(value, 6));
  });

  it("with the names alone is their vectors, of length 1", async () => {
    const found = await zeroShotClassifier({ encode: async () => matrix([[3, 4], [0, 2]]) }, ["a", "b"], { templates: ["{}"] }); // prettier-ignore
    [0.6, 0.8, 0, 1].forEach((value, i) => expect(found.data[i]).toBeCloseTo(value, 6));
  });

  it("refuses no class, no template, and a template without a place for the class", async () => {
    await expect(zeroShotClassifier(encoder, [])).rejects.toThrow("got 0 and 7");
    await expect(zeroShotClassifier(encoder, ["a"], { templates: [] })).rejects.toThrow("got 1 and 0");
    await expect(zeroShotClassifier(encoder, ["a"], { templates: ["a photo"] })).rejects.toThrow('got "a photo"');
  });
});

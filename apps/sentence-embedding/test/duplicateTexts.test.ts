import { join } from "node:path";
import { loadEngine } from "@nearfar/tensor";
import { beforeAll, describe, expect, it } from "vitest";
import { duplicateTexts } from "../src/duplicateTexts.ts";
import { fakeEncoder } from "./fakeEncoder.ts";
import { write } from "./write.ts";

beforeAll(() => void loadEngine());

const encoder = fakeEncoder({ a: [1, 0], b: [3, 4], c: [4, 3], d: [-1, 0] });
const file = (lines: readonly string[]) => join(write({ "texts.txt": lines }), "texts.txt");

describe("duplicateTexts", () => {
  it("gives pairs of different texts, the most alike first, and repeated texts apart", async () => {
    const lines = file(["a", "b", "a", "c", "d", "a", "d"]);
    const { texts, repeated, pairs } = await duplicateTexts(encoder, [lines], { threshold: 0.7 });
    expect(texts).toBe(7);
    expect(repeated).toEqual([
      { text: "a", times: 3 },
      { text: "d", times: 2 },
    ]);
    expect(pairs.map(({ first, second }) => [first, second])).toEqual([
      ["b", "c"],
      ["a", "c"],
    ]);
    expect(pairs[0]!.cosine).toBeCloseTo(24 / 25, 6); // by hand: (3, 4) and (4, 3)
    expect(pairs[1]!.cosine).toBeCloseTo(4 / 5, 6);
  });

  it("keeps the most alike where there are more than asked for, and none of one text", async () => {
    expect((await duplicateTexts(encoder, [file(["a", "b", "c"])], { threshold: 0.5, most: 1 })).pairs).toHaveLength(1);
    expect(await duplicateTexts(encoder, [file(["a"])])).toEqual({ texts: 1, repeated: [], pairs: [] });
    await expect(duplicateTexts(encoder, [file(["a"])], { threshold: 2 })).rejects.toMatchObject({ name: "UserError" });
  });
});

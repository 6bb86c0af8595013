import { realData } from "@nearfar/testing";
import { expect, it } from "vitest";
import { pairLists } from "./pairLists.ts";
import { plainWords } from "./plainWords.ts";

it("compares texts by their words alone", () => {
  expect(plainWords("  A man's Dog -- runs, 3 times!  ")).toBe("a man s dog runs 3 times");
});

const sets = ["sts-en", "wordnet-glosses", "flickr8k", "sentences-en"].map(realData);
const reason = sets.find(({ missing }) => missing)?.reason ?? "";
it.skipIf(reason !== "")(
  `gives as many pairs as the peer's program, and drops as many ${reason}`,
  { timeout: 60_000 },
  async () => {
    const lists = await pairLists();
    // peers/static_quality.py prints these as "pairs"; of "dropped_overlap" the sum is 474.
    expect(lists.map(({ pairs }) => pairs.length)).toEqual([117_658, 48_339, 30_000, 11_666, 1_267]);
    expect(lists.reduce((sum, { dropped }) => sum + dropped, 0)).toBe(474);
  },
);

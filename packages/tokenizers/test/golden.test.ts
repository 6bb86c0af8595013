import { createHash } from "node:crypto";
import { createTokenizer, openTokenizer, type Tokenizer } from "@nearfar/tokenizers";
import { miniLm } from "@nearfar/testing";
import { describe, expect, it } from "vitest";
import { bertNormalizer } from "../src/bertNormalizer.ts";
import { bertWords } from "../src/bertWords.ts";
import { readGolden } from "./readGolden.ts";
import { realTexts } from "./realTexts.ts";

interface Expected {
  ids: number[][];
  wrapped: number[];
  decoded: string[];
  digest: string;
}
const golden = readGolden<{
  texts: string[];
  small: Record<string, Expected>;
  minilm: Expected;
  characters: { digests: string[]; assigned: number[] };
}>("golden.json");
const data = process.env["NEARFAR_DATA"];
const { path: minilm, missing, reason } = miniLm();

const check = (tokenizer: Tokenizer, { ids, wrapped, decoded }: Expected) => {
  golden.texts.forEach((text, i) => {
    expect({ text, ids: [...tokenizer.encode(text)] }).toEqual({ text, ids: ids[i] });
    expect(tokenizer.decode(ids[i]!), text).toBe(decoded[i]);
  });
  expect([...tokenizer.wrap(tokenizer.encode(golden.texts[2]!), 100)]).toEqual(wrapped);
};

const digest = (tokenizer: Tokenizer, texts: readonly string[]) =>
  createHash("sha256")
    .update(texts.map((text) => tokenizer.encode(text).join(" ")).join("\n"))
    .digest("hex");

describe.each(Object.entries(golden.small))("%s", (name, expected) => {
  const tokenizer = createTokenizer(readGolden(`${name}.tokenizer.json`), { source: name });

  it("has the ids, wrapped ids and decoded texts of Hugging Face's", () => check(tokenizer, expected));

  it.skipIf(!data)("has Hugging Face's ids on 19,445 real texts (needs NEARFAR_DATA)", () =>
    expect(digest(tokenizer, realTexts(data!))).toBe(expected.digest),
  );
});

describe.skipIf(missing)(`all-MiniLM-L6-v2 ${reason}`, () => {
  it("has the ids, wrapped ids and decoded texts of Hugging Face's", async () =>
    check(await openTokenizer(minilm), golden.minilm));

  it.skipIf(!data)("has Hugging Face's ids on 19,445 real texts (needs NEARFAR_DATA)", async () =>
    expect(digest(await openTokenizer(minilm), realTexts(data!))).toBe(golden.minilm.digest),
  );
});

describe("BERT's normalizer and pre-tokenizer", () => {
  it("treat every code point that Unicode 14 assigns as Hugging Face's do", () => {
    const lower = bertNormalizer();
    const cased = bertNormalizer({ lowercase: false });
    const { assigned, digests } = golden.characters;
    const lines = digests.map((): string[] => []);
    for (let r = 0; r < assigned.length; r += 2)
      for (let c = assigned[r]!; c < assigned[r + 1]!; c++) {
        const text = `a${String.fromCodePoint(c)}b`;
        lines[c >>> 12]!.push([...bertWords(lower(text)), ...bertWords(cased(text))].join("\x1f"));
      }
    const found = lines.map((block) =>
      block.length === 0 ? "" : createHash("sha256").update(block.join("\n")).digest("hex").slice(0, 16),
    );
    const differing = (block: string, i: number) => (block === digests[i] ? [] : [(i * 4096).toString(16)]);
    expect(found.flatMap(differing)).toEqual([]);
  });
});

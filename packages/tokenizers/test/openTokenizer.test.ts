import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTokenizer, openTokenizer, type Tokenizer } from "@nearfar/tokenizers";
import { describe, expect, it } from "vitest";
import { readGolden } from "./readGolden.ts";

const { texts } = readGolden<{ texts: string[] }>("golden.json");
type File = { model: { vocab: Record<string, number>; merges: [string, string][] } };

const folderOf = (files: Record<string, string>) => {
  const folder = mkdtempSync(join(tmpdir(), "nearfar-tokenizer-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
};
const words = ({ model: { vocab } }: File) => Object.keys(vocab).sort((a, b) => vocab[a]! - vocab[b]!);
const ids = (tokenizer: Tokenizer) => texts.map((text) => [...tokenizer.wrap(tokenizer.encode(text), 1000)]);

describe("openTokenizer", () => {
  const wordpiece = readGolden<File>("wordpiece.tokenizer.json");

  it("opens a file, and a folder that holds it, with or without a configuration", async () => {
    const expected = ids(createTokenizer(wordpiece));
    const folder = folderOf({ "tokenizer.json": JSON.stringify(wordpiece) });
    expect(ids(await openTokenizer(folder))).toEqual(expected);
    writeFileSync(join(folder, "tokenizer_config.json"), '{"mask_token": {"content": "[PAD]"}, "do_lower_case": true}');
    const tokenizer = await openTokenizer(join(folder, "tokenizer.json"));
    expect(ids(tokenizer)).toEqual(expected);
    expect(tokenizer.special.mask).toBe(tokenizer.special.pad);
  });

  it.each(["wordpiece", "mpnet"])("makes the tokenizer of a vocab.txt: %s", async (name) => {
    const file = readGolden<File>(`${name}.tokenizer.json`);
    const folder = folderOf({ "vocab.txt": `${words(file).join("\n")}\n` });
    expect(ids(await openTokenizer(folder))).toEqual(ids(createTokenizer(file)));
  });

  it("keeps capitals and accents where the configuration of a vocab.txt says so", async () => {
    const vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "É", "é", "e"].join("\r\n");
    const cased = folderOf({ "vocab.txt": vocabulary, "tokenizer_config.json": '{"do_lower_case": false}' });
    expect([...(await openTokenizer(cased)).encode("É e")]).toEqual([4, 6]);
    expect([...(await openTokenizer(folderOf({ "vocab.txt": vocabulary }))).encode("É e")]).toEqual([6, 6]);
  });

  it.each(["roberta", "robertaPrefix"])("makes the tokenizer of a vocab.json and merges.txt: %s", async (name) => {
    const file = readGolden<File>(`${name}.tokenizer.json`);
    const folder = folderOf({
      "vocab.json": JSON.stringify(file.model.vocab),
      "merges.txt": `#version: 0.2\n${file.model.merges.map((pair) => pair.join(" ")).join("\n")}\n`,
      "tokenizer_config.json": JSON.stringify({ add_prefix_space: name === "robertaPrefix" }),
    });
    expect(ids(await openTokenizer(folder))).toEqual(ids(createTokenizer(file)));
  });

  it.each([
    ["a folder without any", {}, /no tokenizer here; looked for tokenizer\.json, then vocab\.txt, then vocab\.json/],
    ["merges without a vocabulary", { "merges.txt": "a b" }, /no tokenizer here/],
    ["damaged JSON", { "tokenizer.json": '{"model"' }, /tokenizer\.json: not valid JSON/],
    ["a list", { "tokenizer.json": "[1]" }, /tokenizer\.json: not a tokenizer\.json: an object is expected/],
    ["no model", { "tokenizer.json": "{}" }, /"model" is missing/],
    ["no vocabulary", { "tokenizer.json": '{"model": {"type": "WordPiece"}}' }, /"model\.vocab" is missing/],
    ["an unknown model", { "tokenizer.json": '{"model": {"type": "X", "vocab": []}}' }, /tokenizer\.json: /],
    [
      "unknown parts",
      { "tokenizer.json": '{"normalizer": {"type": "X"}, "model": {"type": "WordPiece", "vocab": {}}}' },
      /cannot be read: .*X/,
    ],
    [
      "ids out of all bounds",
      { "tokenizer.json": '{"model": {"type": "WordPiece", "vocab": {"a": 1e12}}}' },
      /below 10000000; got 1000000000000/,
    ],
    [
      "ids that are none",
      { "tokenizer.json": '{"model": {"type": "WordPiece", "vocab": {"a": "x"}}}' },
      /whole number/,
    ],
    [
      "tokens that are none",
      { "tokenizer.json": '{"added_tokens": [1], "model": {"type": "WordPiece", "vocab": {}}}' },
      /no list of tokens/,
    ],
    [
      "a damaged configuration",
      { "tokenizer.json": "{}", "tokenizer_config.json": "[]" },
      /tokenizer_config\.json: an object/,
    ],
    [
      "a merge of three",
      { "vocab.json": '{"<s>": 0, "</s>": 1}', "merges.txt": "a b c" },
      /merges\.txt: a merge is two tokens/,
    ],
    [
      "RoBERTa without its ends",
      { "vocab.json": '{"a": 0}', "merges.txt": "" },
      /vocab\.json: RoBERTa's token <s> is missing/,
    ],
  ])("refuses %s as a user's mistake", async (_, files, message) => {
    await expect(openTokenizer(folderOf(files))).rejects.toMatchObject({
      name: "UserError",
      message: expect.stringMatching(message) as string,
    });
  });

  it("names a file that is missing", async () => {
    const path = join(folderOf({}), "none.json");
    await expect(openTokenizer(path)).rejects.toThrow(`${path}: no such file or folder`);
  });
});

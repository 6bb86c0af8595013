import { createTokenizer } from "@nearfar/tokenizers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readGolden } from "./readGolden.ts";

type Json = Record<string, unknown>;
const bert = createTokenizer(readGolden<Json>("wordpiece.tokenizer.json"));
const bare = createTokenizer({ ...readGolden<Json>("wordpiece.tokenizer.json"), post_processor: null });

describe("wrap", () => {
  it("puts the special tokens around, cut to the length", () => {
    const ids = Int32Array.of(10, 11, 12);
    expect([...bert.wrap(ids, 99)]).toEqual([2, 10, 11, 12, 3]);
    expect([...bert.wrap(ids, 4)]).toEqual([2, 10, 11, 3]);
    expect([...bare.wrap(ids, 2)]).toEqual([10, 11]);
  });

  it("is never empty", () => {
    expect([...bert.wrap(new Int32Array(0), 3)]).toEqual([2, 3]);
    expect([...bare.wrap(new Int32Array(0), 3)]).toEqual([1]);
  });

  it("refuses a length without room for a token", () => {
    expect(() => bert.wrap(Int32Array.of(10), 2)).toThrow("at least 3 tokens are needed, 2 of them special; got 2");
    expect(() => bare.wrap(Int32Array.of(10), 0)).toThrow(RangeError);
  });
});

describe("a tokenizer", () => {
  it("keeps its file", () => {
    const json = readGolden<Json>("wordpiece.tokenizer.json");
    expect(createTokenizer(json).json).toEqual(json);
  });

  it("gives the same ids for a text again, and ids below its size, of any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 80 }), (text) => {
        const ids = bert.encode(text);
        expect(ids).toEqual(bert.encode(text));
        expect(ids.every((id) => id >= 0 && id < bert.vocabularySize)).toBe(true);
      }),
    );
  });

  it("reads halves of surrogate pairs as nothing", () => {
    expect(bert.encode("\ud83d the \ude00")).toEqual(bert.encode("the"));
  });

  it("adds no ids at a space: two texts joined by one are their ids joined", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (a, b) => {
        expect([...bert.encode(`${a} ${b}`)]).toEqual([...bert.encode(a), ...bert.encode(b)]);
      }),
    );
  });

  it("decodes nothing to nothing, and leaves special tokens out", () => {
    expect(bert.decode([])).toBe("");
    const ids = bert.encode("the cat");
    expect(bert.decode(bert.wrap(ids, 99))).toBe(bert.decode(ids));
  });
});

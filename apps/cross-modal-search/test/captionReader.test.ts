import { key } from "@nearfar/random";
import { describe, expect, it } from "vitest";
import { captionReader } from "../src/captionReader.ts";

/** A token per letter. */
const encode = (text: string) => Int32Array.from(text, (letter) => letter.codePointAt(0)!);

describe("captionReader", () => {
  it("keeps a caption as it is where all words are kept", () => {
    const reader = captionReader({ encode }, 1);
    expect([...reader.view(key(0), reader.read("a b, c"))]).toEqual([...encode("a b, c")]);
  });

  it("keeps a random share of the words, at least one, each at most once and whole, in random order", () => {
    const reader = captionReader({ encode }, 0.3);
    const caption = reader.read("alpha, beta-gamma delta.");
    expect(caption.map((ids) => String.fromCodePoint(...ids))).toEqual(["alpha", "beta", "gamma", "delta"]);
    const lengths = new Set<number>();
    const firsts = new Set<string>();
    for (let i = 0; i < 200; i++) {
      const text = String.fromCodePoint(...reader.view(key(i), caption));
      const found = text.match(/alpha|beta|gamma|delta/g)!;
      expect(found.join("")).toBe(text);
      expect(new Set(found).size).toBe(found.length);
      lengths.add(found.length);
      firsts.add(found[0]!);
    }
    // floor(4 u), u from U(.3, 1), is 1 to 3; each with a chance of at least .28 (of 1: (.5 - .3) / .7).
    expect([...lengths].sort()).toEqual([1, 2, 3]);
    expect(firsts.size).toBe(4);
    expect(reader.view(key(3), caption)).toEqual(reader.view(key(3), caption));
    expect([...reader.view(key(0), reader.read("solo"))]).toEqual([...encode("solo")]);
  });

  it("has no token for a caption without words", () => {
    const reader = captionReader({ encode }, 0.3);
    expect(reader.view(key(0), reader.read("..."))).toHaveLength(0);
  });
});

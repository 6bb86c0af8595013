import { key, type Key } from "@nearfar/random";
import {
  cropSpan,
  cutOff,
  declutrSpans,
  deleteTokens,
  deleteWords,
  inverseCloze,
  maskTokens,
  previews,
  repeatTokens,
  repeatWords,
  replaceSynonyms,
  shuffleTokens,
  shuffleWords,
  splitSpans,
  splitTokens,
} from "@nearfar/text-augmentation";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keys, tokens } from "./keys.ts";

/** Each augmentation of tokens, its parts in a row. */
const onTokens: Record<string, (key: Key, ids: Int32Array) => Int32Array[]> = {
  cropSpan: (k, ids) => [cropSpan(k, ids)],
  cutOff: (k, ids) => [cutOff(k, ids, { fill: 0 })],
  "cutOff of a span": (k, ids) => [cutOff(k, ids, { fill: 0, ratio: 0.4, span: true })],
  declutrSpans: (k, ids) =>
    ids.length < 8
      ? []
      : declutrSpans(k, ids, { min: 1, max: Math.floor(ids.length / 4) }).flatMap(({ anchor, positives }) => [
          anchor,
          ...positives,
        ]),
  deleteTokens: (k, ids) => [deleteTokens(k, ids)],
  maskTokens: (k, ids) => [maskTokens(k, ids, { mask: 1, vocabulary: 5 }).ids],
  repeatTokens: (k, ids) => [repeatTokens(k, ids)],
  shuffleTokens: (k, ids) => [shuffleTokens(k, ids)],
  splitSpans: (k, ids) => splitSpans(k, ids),
  splitTokens: (k, ids) => splitTokens(k, ids),
};

const onText: Record<string, (key: Key, text: string) => string> = {
  deleteWords,
  inverseCloze: (k, text) => JSON.stringify(inverseCloze(k, `${text}\n\nOne. Two.`)),
  previews: (k, text) => JSON.stringify(previews(k, text)),
  repeatWords,
  replaceSynonyms,
  shuffleWords,
};

/** Few tokens: what an augmentation may put in besides the ids of its input. */
const NEW = new Set([0, 1, 2, 3, 4]);

describe.each(Object.entries(onTokens))("%s", (name, augment) => {
  it("is decided by its key and writes no input", () => {
    fc.assert(
      fc.property(fc.nat(), tokens(), (seed, ids) => {
        const before = ids.slice();
        expect(augment(key(seed), ids)).toEqual(augment(key(seed), ids));
        expect(ids).toEqual(before);
      }),
    );
  });

  it("differs from key to key", () => {
    const ids = Int32Array.from({ length: 40 }, (_, i) => 100 + i);
    const outcomes = new Set(Array.from({ length: 20 }, (_, seed) => augment(key(seed), ids).join("|")));
    expect(outcomes.size).toBeGreaterThan(5);
  });

  it("holds ids of its input alone, those that it was given aside, and loses no text wholly", () => {
    fc.assert(
      fc.property(keys, tokens(8), (k, ids) => {
        const own = new Set(ids);
        const given = name.startsWith("cutOff") || name === "maskTokens" ? NEW : new Set<number>();
        for (const part of augment(k, ids)) {
          expect(part.length).toBeGreaterThan(0);
          expect(part.every((id) => own.has(id) || given.has(id))).toBe(true);
        }
      }),
    );
  });

  it("takes an empty list", () => {
    for (const part of augment(key(0), new Int32Array(0))) expect(part).toHaveLength(0);
  });
});

describe.each(Object.entries(onText))("%s", (_, augment) => {
  it("is decided by its key, for any text", () => {
    fc.assert(
      fc.property(fc.nat(), fc.string({ unit: "grapheme" }), (seed, text) => {
        expect(augment(key(seed), text)).toBe(augment(key(seed), text));
      }),
    );
  });
});

import { Worker } from "node:worker_threads";
import * as random from "@nearfar/random";
import { key, type Key } from "@nearfar/random";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { draw } from "./draw.ts";

const name = fc.oneof(fc.string(), fc.maxSafeNat());
const words = (key: Key) => key.words.join();

describe("key", () => {
  it("holds its seed's 53 bits", () => {
    expect(key(0).words).toEqual([0, 0]);
    expect(key(Number.MAX_SAFE_INTEGER).words).toEqual([2 ** 21 - 1, 2 ** 32 - 1]);
    expect(key(2 ** 32).words).toEqual([1, 0]);
  });

  it.each([-1, 0.5, NaN, Infinity, 2 ** 53])("refuses the seed %d", (seed) => {
    expect(() => key(seed)).toThrow(`a seed is a whole number from 0 to 2^53 - 1; got ${seed}`);
  });

  it.each([-1, 0.5, NaN, 2 ** 53])("refuses to fold %d", (number) => {
    expect(() => key(0).fold(number)).toThrow(RangeError);
  });

  it("folds to the same bits each time, and is not changed by it", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.array(name, { maxLength: 4 }), (seed, names) => {
        const root = key(seed);
        const before = words(root);
        const of = () => names.reduce((key: Key, name) => key.fold(name), root);
        expect(words(of())).toBe(words(of()));
        expect(words(root)).toBe(before);
      }),
    );
  });

  it("never folds two names, or a name and a draw, to the same bits", () => {
    // All numbers and draws below 3000, numbers about 2^32, strings of digits, prefixes, pairs with and without a zero character.
    const root = key(7);
    const numbers = [...Array.from({ length: 3000 }, (_, i) => i), 2 ** 32, 2 ** 32 + 1, 2 ** 53 - 1];
    const letters = [
      "",
      "a",
      "b",
      "aa",
      "ab",
      "ba",
      "aaa",
      "a\0",
      "\0",
      "\0\0",
      "\0a",
      "encoder",
      "encoder2",
      "ä",
      "𝒳",
    ];
    const strings = [...letters, ...Array.from({ length: 3000 }, (_, i) => String(i))];
    const all = [
      ...numbers.map((number) => words(root.fold(number))),
      ...strings.map((text) => words(root.fold(text))),
      ...numbers.map((counter) => root.bits(counter).join()),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  it("does not confuse the order of folds", () => {
    expect(words(key(0).fold("a").fold("b"))).not.toBe(words(key(0).fold("b").fold("a")));
    expect(words(key(0).fold("a").fold("b"))).not.toBe(words(key(0).fold("ab")));
  });

  it("gives the same numbers in another thread", async () => {
    const path = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);
    const script = `
      const { parentPort } = require("node:worker_threads");
      import(${JSON.stringify(import.meta.resolve("tsx/esm/api"))}).then(async ({ tsImport }) => {
        const { draw } = await tsImport(${path("draw.ts")}, ${path("")});
        parentPort.postMessage(draw(await tsImport(${path("../src/index.ts")}, ${path("")})));
      });`;
    const worker = new Worker(script, { eval: true });
    const there = await new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
    await worker.terminate();
    expect(there).toEqual(draw(random));
  });
});

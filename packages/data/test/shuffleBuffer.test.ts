import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shuffleBuffer, type ShuffleBufferOptions } from "@nearfar/data";
import { key } from "@nearfar/random";

async function all<T>(seed: number, items: Iterable<T>, options?: ShuffleBufferOptions<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of shuffleBuffer(key(seed), items, options)) found.push(item);
  return found;
}

const numbers = (length: number) => Array.from({ length }, (_, i) => i);

describe("shuffleBuffer", () => {
  it("gives every item once, none more than `size` places early, in an order of the key's", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(60), fc.integer({ min: 1, max: 80 }), async (seed, length, size) => {
        const found = await all(seed, numbers(length), { size });
        expect([...found].sort((a, b) => a - b)).toEqual(numbers(length));
        for (const [place, item] of found.entries()) expect(item - place).toBeLessThanOrEqual(size);
        expect(await all(seed, numbers(length), { size })).toEqual(found);
      }),
    );
    expect(await all(0, numbers(50), { size: 1 })).toEqual(numbers(50));
    expect(await all(0, numbers(50))).not.toEqual(await all(1, numbers(50)));
  });

  it("holds no more than its size, nor more bytes than its limit", async () => {
    let out = 0;
    let most = 0;
    function* source() {
      for (let i = 0; i < 1000; i++) {
        most = Math.max(most, i - out);
        yield i;
      }
    }
    for await (const _ of shuffleBuffer(key(0), source(), { size: 1000, limitBytes: 400, bytesOf: () => 10 })) out++;
    expect(out).toBe(1000);
    expect(most).toBe(40); // of 10 bytes each, when another is asked for
  });

  it("mixes a sorted stream as a random order would where it holds all of it", async () => {
    // Each of the 3! orders of 3 items is as likely: 1/6 each, whose share of 3,000 keys deviates by 0.0068.
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 3000; seed++) {
      const order = (await all(seed, [0, 1, 2], { size: 3 })).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count / 3000 - 1 / 6)).toBeLessThan(0.03);
  });

  it("refuses a size that is none", async () => {
    for (const size of [0, -1, 1.5, NaN]) await expect(all(0, [1], { size })).rejects.toThrow(RangeError);
  });
});

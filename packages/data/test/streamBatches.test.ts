import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTexts, streamBatches, type StreamBatchesOptions, type TextExample, type TextSet } from "@nearfar/data";
import { UserError } from "@nearfar/formats";
import { key } from "@nearfar/random";

let folder: string;
let set: TextSet;
/** 1,000 lines, 900 of them different, of 1 to 40 words. */
const lines = Array.from({ length: 1000 }, (_, i) => `${i % 900} ${"word ".repeat(((i % 900) * 7) % 40)}`);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nearfar-stream-"));
  await writeFile(join(folder, "a.txt"), lines.join("\n"));
  set = await openTexts([join(folder, "a.txt")]);
});
afterAll(() => rm(folder, { recursive: true }));

async function take(count: number, options: StreamBatchesOptions, seed = 0): Promise<TextExample[][]> {
  const batches: TextExample[][] = [];
  for await (const batch of streamBatches(key(seed), set, { batch: 16, size: 100, window: 5, ...options })) {
    batches.push([...batch]);
    if (batches.length === count) break;
  }
  return batches;
}

describe("streamBatches", () => {
  it("gives batches without duplicates for ever, nearly every example of every pass", async () => {
    const batches = await take(200, {}); // 3,200 examples: more than three passes
    for (const batch of batches) {
      expect(batch).toHaveLength(16);
      expect(new Set(batch.map(({ texts }) => texts[0])).size).toBe(16);
    }
    const times = new Map<number, number>();
    for (const { row } of batches.flat()) times.set(row, (times.get(row) ?? 0) + 1);
    expect(times.size).toBe(1000);
    // Three passes and a fifth of one, each of which holds back what fills no batch.
    for (const count of times.values()) expect(Math.abs(count - 3)).toBeLessThanOrEqual(1);
  });

  it("goes on from a step as if it had never stopped", async () => {
    const whole = await take(150, {});
    expect(await take(20, { from: 130 })).toEqual(whole.slice(130));
    expect(await take(20, {}, 1)).not.toEqual(whole.slice(0, 20));
  });

  it("makes batches of about one length", async () => {
    const padding = (batches: TextExample[][]) => {
      const lengths = batches.map((batch) => batch.map(({ texts }) => texts[0]!.length));
      const padded = lengths.reduce((total, own) => total + own.length * Math.max(...own), 0);
      return 1 - lengths.flat().reduce((a, b) => a + b) / padded;
    };
    // Uniform lengths: the mean of 16 lies (1/2 - 1/17) below their largest, 16/17: a share of 0.47. Sorted among 80, a batch spans a
    // fifth of the range, so that 0.09 of 0.59 is lost: 0.15.
    expect(padding(await take(60, { window: 1, size: 1 }))).toBeGreaterThan(0.3);
    expect(padding(await take(60, {}))).toBeLessThan(0.2);
  });

  it("refuses a set with too few different texts, and a batch that is none", async () => {
    await expect(take(1, { batch: 901 })).rejects.toThrow(UserError);
    await expect(take(1, { batch: 901 })).rejects.toThrow(/a\.txt: too few different texts for a batch of 901/);
    expect(await take(1, { batch: 900 })).toHaveLength(1);
    for (const batch of [0, -1, 1.5]) await expect(take(1, { batch })).rejects.toThrow(`got ${batch}`);
  });
});

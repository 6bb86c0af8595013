import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { inBatch } from "@nearfar/losses";
import { loadEngine, tf } from "@nearfar/tensor";
import { relativeError } from "@nearfar/testing";
import { batch } from "./batch.ts";
import { losses } from "./goldenLosses.ts";
import { plain, type Rows } from "./plain.ts";
import { tensors } from "./tensors.ts";
import { value } from "./value.ts";

beforeAll(() => void loadEngine());

/** Gao et al. 2021, eq. 1 and 5, with the appendix's weight of an anchor's own hard negative. */
function transcription([anchors, positives, ...hard]: Rows[], temperature: number, hardWeight = 0): number {
  const [a, p] = [plain.unit(anchors!), plain.unit(positives!)];
  const each = a.map((anchor, i) => {
    const toPositives = p.map((row) => plain.dot(anchor, row) / temperature);
    const toHard = hard.flatMap((column) =>
      plain.unit(column).map((row, j) => plain.dot(anchor, row) / temperature + (i === j ? hardWeight : 0)),
    );
    return plain.crossEntropy(toPositives[i]!, [...toPositives, ...toHard]);
  });
  return plain.mean(each);
}

const engine = (sides: Rows[], temperature?: number, hardWeight?: number) =>
  value(() => {
    const [anchors, positives, ...hard] = tensors(...sides);
    return inBatch(anchors!, positives!, { hard, hardWeight, temperature });
  });

describe("inBatch", () => {
  const { z0, z1, z2 } = losses.inputs;
  const cases = [
    {
      name: "without hard negatives",
      sides: [z0, z1],
      golden: losses["infonce z0->z1 t=0.05 (unsup SimCSE / MNRL scale 20)"],
    },
    {
      name: "with hard negatives",
      sides: [z0, z1, z2],
      golden: losses["simcse_supervised(anchor z0,pos z1,hardneg z2,t=0.05)"],
    },
  ];

  it.each(cases)("$name is the golden value", ({ sides, golden }) => {
    const exact = transcription(sides, 0.05);
    expect(relativeError([exact], [golden])).toBeLessThan(1e-9);
    expect(relativeError([engine(sides)], [exact])).toBeLessThan(1e-5); // 0.05 is the default: SimCSE's and 1 / MNRL's scale 20
  });

  it("takes one column of hard negatives as a tensor or in a list", () => {
    const [a, p, h] = tensors(z0, z1, z2);
    expect(value(() => inBatch(a!, p!, { hard: h! }))).toBe(value(() => inBatch(a!, p!, { hard: [h!] })));
  });

  it("is the transcription on random batches, with two columns of hard negatives and a weight", () => {
    const property = fc.property(
      batch(4),
      fc.constantFrom(0.1, 0.5),
      fc.constantFrom(-1, 0, 2),
      (sides, temperature, weight) => {
        const exact = transcription(sides, temperature, weight);
        expect(relativeError([engine(sides, temperature, weight)], [exact])).toBeLessThan(1e-5);
      },
    );
    fc.assert(property, { numRuns: 20, seed: 1 });
  });

  it("trains toward the positive, whatever the number of columns", () => {
    // Orthonormal rows: anchor i equals positive i, hard negatives are at right angles to every anchor. With labels that are misaligned (as
    // candidates interleaved by example are) an anchor's target has similarity 0 and the loss is at least 1 / 0.05 = 20.
    const axis = (k: number) => Array.from({ length: 6 }, (_, i) => Number(i === k));
    const examples = [axis(0), axis(1), axis(2)];
    const [first, second] = [
      [axis(3), axis(4), axis(5)],
      [axis(4), axis(5), axis(3)],
    ];
    expect(engine([examples, examples, first, second])).toBeLessThan(1e-6); // ln(1 + 8 exp(-20)) = 1.6e-8
  });

  it("weighs only the anchor's own hard negative", () => {
    // All similarities 1, n = 4: candidates 4 positives, 3 foreign hard negatives, 1 own of weight 3: ln(4 + 3 + 3).
    const same = [
      [1, 0],
      [1, 0],
      [1, 0],
      [1, 0],
    ];
    expect(engine([same, same, same], 0.05, Math.log(3))).toBeCloseTo(Math.log(10), 5);
  });

  it("names the shapes where they differ", () => {
    const a = tf.zeros<tf.Rank.R2>([4, 3]);
    expect(() => inBatch(a, tf.zeros([3, 3]))).toThrow(
      "inBatch: positives need one row per anchor; got [4, 3] and [3, 3]",
    );
    expect(() => inBatch(a, a, { hard: [a, tf.zeros([4, 2])] })).toThrow(
      "inBatch: hard negatives need one row per anchor; got [4, 3] and [4, 2]. Do both sides end in the same dimension?",
    );
  });
});

import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { guarded, inBatch } from "@nearfar/losses";
import { loadEngine, tf } from "@nearfar/tensor";
import { checkGradient, relativeError } from "@nearfar/testing";
import { batch } from "./batch.ts";
import { plain, type Rows } from "./plain.ts";
import { tensors } from "./tensors.ts";
import { textLosses } from "./textLosses.ts";
import { value } from "./value.ts";

beforeAll(() => void loadEngine());

const { z0, z1, z2, guide } = textLosses;

/** Solatorio 2024, section 3: four kinds of candidates, each without those that the guide finds more similar than the positive. */
function transcription(columns: Rows[], guide: Rows[], temperature: number, margin = 0): number {
  const [a, p, ...hard] = columns.map(plain.unit) as [Rows, Rows, ...Rows[]];
  const [ga, gp, ...gHard] = guide.map(plain.unit) as [Rows, Rows, ...Rows[]];
  const each = a.map((_, i) => {
    const threshold = plain.dot(ga[i]!, gp[i]!) - margin;
    const kept = (by: Rows, of: Rows, [x, y]: [Rows, Rows], self: boolean) =>
      y.flatMap((row, j) =>
        (self && i === j) || plain.dot(by[i]!, of[j]!) > threshold ? [] : [plain.dot(x[i]!, row) / temperature],
      );
    const right = plain.dot(a[i]!, p[i]!) / temperature;
    return plain.crossEntropy(right, [
      right,
      ...p.flatMap((row, j) =>
        i === j || plain.dot(ga[i]!, gp[j]!) > threshold ? [] : [plain.dot(a[i]!, row) / temperature],
      ),
      ...kept(ga, ga, [a, a], true),
      ...kept(gp, gp, [p, p], true),
      ...hard.flatMap((column, k) => kept(ga, gHard[k]!, [a, column], false)),
    ]);
  });
  return plain.mean(each);
}

const engine = (columns: Rows[], guide: Rows[], options: { temperature?: number; margin?: number } = {}) =>
  value(() => {
    const [a, p, ...hard] = tensors(...columns);
    return guarded(a!, p!, { guide: tensors(...guide), hard, ...options });
  });

/** Guides that tell all apart: nothing is a false negative. */
const apart = (n: number) => {
  const eye = Array.from({ length: n }, (_, i) => Array.from({ length: 2 * n }, (_, k) => Number(i === k)));
  return [eye, eye];
};

describe("guarded", () => {
  it.each([
    { name: "guarded pairs T=.01", columns: [z0, z1], options: {} }, // 0.01 is the default
    { name: "guarded triplets T=.01", columns: [z0, z1, z2], options: {} },
    {
      name: "guarded triplets T=.1 margin .2",
      columns: [z0, z1, z2],
      options: { temperature: 0.1, margin: 0.2 },
    },
  ])("$name is sentence-transformers' value", ({ name, columns, options }) => {
    const sides = guide.slice(0, columns.length);
    const exact = transcription(columns, sides, options.temperature ?? 0.01, options.margin);
    expect(relativeError([exact], [textLosses.value(name)])).toBeLessThan(1e-9);
    expect(relativeError([engine(columns, sides, options)], [exact])).toBeLessThan(1e-5);
  });

  it("is the transcription on random batches, with two columns of hard negatives", () => {
    const property = fc.property(batch(8), (sides) => {
      const [columns, guide] = [sides.slice(0, 4), sides.slice(4)];
      const exact = transcription(columns, guide, 0.5);
      // A guide may find two exactly as similar: which side of the threshold rounding puts it on is then open.
      if (nearThreshold(guide)) return;
      expect(relativeError([engine(columns, guide, { temperature: 0.5 })], [exact])).toBeLessThan(1e-5);
    });
    fc.assert(property, { numRuns: 30, seed: 1 });
  });

  it("lets fewer compete the more the guide finds alike, down to none", () => {
    const alike = [z0.map(() => [1, 0]), z0.map(() => [1, 0])];
    const [free, some, none] = [apart(4), guide.slice(0, 2), alike].map((by) =>
      engine([z0, z1], by, { temperature: 0.1, margin: by === alike ? 0.5 : 0 }),
    ) as [number, number, number];
    expect(free).toBeGreaterThan(some);
    expect(none).toBe(0); // the positive alone is left: ln 1
  });

  it("keeps an anchor from itself where the guide finds the positive just as near", () => {
    // Two examples at right angles, positive equal to anchor; by the guide too. Candidates of each: its positive (1), and of the other
    // example a positive, an anchor and a positive for its positive (0 each): ln(1 + 3 / e) at temperature 1.
    const eye = [
      [1, 0],
      [0, 1],
    ];
    expect(engine([eye, eye], [eye, eye], { temperature: 1 })).toBeCloseTo(Math.log(1 + 3 / Math.E), 5);
  });

  it("is at least inBatch where nothing is excluded: it has more candidates", () => {
    const [a, p] = tensors(z0, z1);
    const fewer = value(() => inBatch(a!, p!, { temperature: 0.1 }));
    expect(engine([z0, z1], apart(4), { temperature: 0.1 })).toBeGreaterThan(fewer);
  });

  it("has the gradient of its differences, and none by its guide", () => {
    const sides = tensors(...guide);
    const loss = (...[a, p, h, temperature]: tf.Tensor[]) =>
      guarded(a as tf.Tensor2D, p as tf.Tensor2D, {
        guide: sides,
        hard: [h as tf.Tensor2D],
        temperature: temperature as tf.Scalar,
      });
    const inputs = [...tensors(z0, z1, z2), tf.scalar(0.5)];
    expect(checkGradient(loss, inputs)).toBeLessThan(1e-2);
    const by = () => guarded(inputs[0] as tf.Tensor2D, inputs[1] as tf.Tensor2D, { guide: sides.slice(0, 2).map((x) => tf.mul(x, 2)) }); // prettier-ignore
    const { grads } = tf.engine().gradients(by, [inputs[0]!, ...sides], undefined, true);
    expect(grads.slice(1).map((gradient) => gradient ?? "none")).toEqual(["none", "none", "none"]);
  });

  it("names what does not meet", () => {
    const a = tf.zeros<tf.Rank.R2>([4, 3]);
    const b = tf.zeros<tf.Rank.R2>([3, 3]);
    expect(() => guarded(a, b, { guide: [a, a] })).toThrow("guarded: every column has one row per anchor; got [4, 3]");
    expect(() => guarded(a, a, { guide: [a] })).toThrow("guarded: the guide has one side per column, 2; got 1.");
    expect(() => guarded(a, a, { guide: [b, b] })).toThrow("guarded: the guide has one row per anchor, 4; got [3, 3].");
  });
});

/** Whether a similarity of the guide lies so close to its threshold that float32 may decide otherwise. */
function nearThreshold(guide: Rows[]): boolean {
  const [a, p, ...hard] = guide.map(plain.unit) as [Rows, Rows, ...Rows[]];
  return a.some((x, i) => {
    const threshold = plain.dot(x, p[i]!);
    const found = [
      ...p.filter((_, j) => j !== i).map((row) => plain.dot(x, row)),
      ...a.filter((_, j) => j !== i).map((row) => plain.dot(x, row)),
      ...p.filter((_, j) => j !== i).map((row) => plain.dot(p[i]!, row)),
      ...hard.flat().map((row) => plain.dot(x, row)),
    ];
    return found.some((similarity) => Math.abs(similarity - threshold) < 1e-5);
  });
}

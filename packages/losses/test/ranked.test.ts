import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { angle, cosent } from "@nearfar/losses";
import { loadEngine, tf } from "@nearfar/tensor";
import { checkGradient, relativeError } from "@nearfar/testing";
import { batch } from "./batch.ts";
import { plain, type Rows } from "./plain.ts";
import { tensors } from "./tensors.ts";
import { textLosses } from "./textLosses.ts";
import { value } from "./value.ts";

beforeAll(() => void loadEngine());

const { z0, z1, scores } = textLosses;

type Pairwise = (x: readonly number[], y: readonly number[]) => number;

/** Su 2022: log(1 + Σ exp((s_j - s_i) / T)) over the pairs whose score i is above that of j. */
function transcription([left, right]: Rows[], scores: readonly number[], by: Pairwise, temperature = 0.05): number {
  const [a, b] = [plain.unit(left!), plain.unit(right!)];
  const s = a.map((x, i) => by(x, b[i]!) / temperature);
  const wrong = s.flatMap((si, i) => s.flatMap((sj, j) => (scores[i]! > scores[j]! ? [sj - si] : [])));
  return plain.crossEntropy(0, [0, ...wrong]);
}

/** Li and Li 2023, section 3: the sum of a complex product's parts, the first half of a row being real, the second imaginary. */
function angleOf(x: readonly number[], y: readonly number[]): number {
  const half = x.length / 2;
  const terms = x.slice(0, half).map((a, k) => {
    const [b, c, d] = [x[k + half]!, y[k]!, y[k + half]!];
    return a * c + b * d + (b * c - a * d); // (a + ib)(c - id)
  });
  return Math.abs(terms.reduce((sum, term) => sum + term, 0));
}

const losses = [
  { name: "cosent", loss: cosent, by: plain.dot as Pairwise },
  { name: "angle", loss: angle, by: angleOf },
];

/** Random sides of an even width, with a score of 0, 0.5 or 1 for each row. */
const scored = batch(2)
  .filter(([a]) => a![0]!.length % 2 === 0)
  .chain((sides) => {
    const score = fc.constantFrom(0, 0.5, 1);
    return fc.tuple(fc.constant(sides), fc.array(score, { minLength: sides[0]!.length, maxLength: sides[0]!.length }));
  });

describe.each(losses)("$name", ({ name, loss, by }) => {
  const engine = (sides: Rows[], scores: readonly number[], temperature?: number) =>
    value(() => {
      const [left, right] = tensors(...sides);
      return loss(left!, right!, tf.tensor1d([...scores]), { temperature });
    });

  it.each([
    { scale: 20, temperature: undefined }, // 0.05 is the default
    { scale: 1, temperature: 1 },
  ])("at scale $scale is sentence-transformers' value", ({ scale, temperature }) => {
    const exact = transcription([z0, z1], scores, by, temperature);
    expect(relativeError([exact], [textLosses.value(`${name} scale ${scale}`)])).toBeLessThan(1e-9);
    expect(relativeError([engine([z0, z1], scores, temperature)], [exact])).toBeLessThan(1e-5);
  });

  it("is the transcription on random batches", () => {
    const property = fc.property(scored, fc.constantFrom(0.1, 1), ([sides, scores], temperature) => {
      const exact = transcription(sides, scores, by, temperature);
      expect(relativeError([engine(sides, scores, temperature)], [exact])).toBeLessThan(1e-5);
    });
    fc.assert(property, { numRuns: 20, seed: 1 });
  });

  it("is 0 where all scores are equal, ln(1 + pairs) where all embeddings are", () => {
    const ones = Array.from({ length: 4 }, () => [1, 1, 1, 1]);
    expect(engine([z0, z1], [3, 3, 3, 3])).toBe(0); // nothing is ranked
    expect(engine([ones, ones], scores)).toBeCloseTo(Math.log(1 + 5), 5); // 6 pairs of 4 rows, one of them with equal scores
  });

  it("knows scores by their order alone, and embeddings by their direction", () => {
    const given = engine([z0, z1], scores);
    expect(engine([z0, z1], [2, 5, 2, 3])).toBe(given); // the order of .2 .9 .2 .5
    const longer = z0.map((row, i) => row.map((x) => x * (i + 0.5)));
    expect(relativeError([engine([longer, z1], scores)], [given])).toBeLessThan(1e-5);
    expect(Math.abs(engine([z0, z1], [5, 2, 2, 3]) - given)).toBeGreaterThan(1e-2); // another order
  });

  it("has the gradient of its differences, by both sides and a temperature that learns", () => {
    const f = (a: tf.Tensor, b: tf.Tensor, temperature: tf.Tensor) =>
      loss(a as tf.Tensor2D, b as tf.Tensor2D, tf.tensor1d(scores), { temperature: temperature as tf.Scalar });
    expect(checkGradient(f, [...tensors(z0, z1), tf.scalar(0.5)])).toBeLessThan(1e-2);
  });

  it("names the shapes where they do not meet, and refuses a temperature of 0", () => {
    const a = tf.zeros<tf.Rank.R2>([4, 6]);
    expect(() => loss(a, tf.zeros([3, 6]), tf.zeros([4]))).toThrow(`${name}: both sides need one row per pair; got`);
    expect(() => loss(a, a, tf.zeros([3]))).toThrow(`${name}: scores are one per pair, [4]; got [3].`);
    expect(() => loss(a, a, tf.zeros([4]), { temperature: 0 })).toThrow(`${name}: temperature is above 1e-8`);
  });
});

it("angle asks for an even number of dimensions", () => {
  expect(() => angle(tf.zeros([2, 3]), tf.zeros([2, 3]), tf.zeros([2]))).toThrow(
    "angle: half of the dimensions are real, half imaginary; got 3.",
  );
});

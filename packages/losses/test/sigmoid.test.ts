import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { sigmoid, type SigmoidOptions } from "@nearfar/losses";
import { loadEngine, tf } from "@nearfar/tensor";
import { checkGradient, relativeError } from "@nearfar/testing";
import { batch } from "./batch.ts";
import { losses } from "./goldenLosses.ts";
import { pairLosses } from "./pairLosses.ts";
import { plain, type Rows } from "./plain.ts";
import { tensors } from "./tensors.ts";
import { value } from "./value.ts";

beforeAll(() => void loadEngine());

interface Choice {
  temperature?: number;
  bias?: number;
  groups?: readonly number[];
}

/** Zhai et al. 2023, eq. 1: for each pair log(1 + exp(z (-t x·y - b))), z = 1 for what belongs together, -1 else; summed, by n. */
function transcription([left, right]: Rows[], { temperature = 0.1, bias = -10, groups }: Choice = {}): number {
  const [a, b] = [plain.unit(left!), plain.unit(right!)];
  const label = (i: number) => groups?.[i % a.length] ?? i % a.length;
  const each = a.flatMap((x, i) =>
    b.map((y, j) => {
      const logit = plain.dot(x, y) / temperature + bias;
      return Math.log1p(Math.exp(label(i) === label(j) ? -logit : logit));
    }),
  );
  return each.reduce((sum, x) => sum + x, 0) / a.length;
}

const engine = (sides: Rows[], options: SigmoidOptions = {}) =>
  value(() => {
    const [left, right] = tensors(...sides);
    return sigmoid(left!, right!, options);
  });

describe("sigmoid", () => {
  const { images, texts, captions, groups } = pairLosses;

  it.each([
    { name: "siglip", sides: [images, texts], options: {} },
    { name: "siglip scale 3 bias 1", sides: [images, texts], options: { temperature: 1 / 3, bias: 1 } },
    { name: "siglip, two captions", sides: [images, captions], options: {} },
    { name: "siglip, groups", sides: [images, texts], options: { groups } },
    { name: "siglip, two captions, groups", sides: [images, captions], options: { groups } },
  ])("$name: is the golden value", ({ name, sides, options }) => {
    const exact = transcription(sides, options);
    expect(relativeError([exact], [pairLosses.value(name)])).toBeLessThan(1e-9);
    expect(relativeError([engine(sides, options)], [exact])).toBeLessThan(1e-5);
  });

  it("is the value of numpy too", () => {
    const golden = losses["siglip(t=10,b=-10)"];
    expect(relativeError([transcription([images, texts])], [golden])).toBeLessThan(1e-9); // test/golden/losses.json
  });

  it("is the transcription on random batches", () => {
    const property = fc.property(batch(3), fc.constantFrom(0.1, 1), ([left, ...right], temperature) => {
      const sides = [left!, right.flat()];
      const options = { temperature, bias: -2, groups: left!.map((_, i) => i % 3) };
      expect(relativeError([engine(sides, options)], [transcription(sides, options)])).toBeLessThan(1e-5);
    });
    fc.assert(property, { numRuns: 20, seed: 1 });
  });

  it("judges each pair by itself: rights taken apart add up", () => {
    const alone = (k: number) => engine([images.slice(k, k + 1), texts.slice(k, k + 1)]);
    const both = (i: number, j: number) => 2 * engine([[images[i]!, images[j]!], [texts[i]!, texts[j]!]]); // prettier-ignore
    const cross =
      both(0, 1) - alone(0) - alone(1) + (both(0, 2) - alone(0) - alone(2)) + (both(1, 2) - alone(1) - alone(2));
    const three = 3 * engine([images.slice(0, 3), texts.slice(0, 3)]);
    expect(relativeError([three], [alone(0) + alone(1) + alone(2) + cross])).toBeLessThan(1e-5);
  });

  it("for embeddings that know nothing is softplus(-bias) + (n - 1) softplus(bias)", () => {
    const nothing = value(() => sigmoid(tf.zeros([4, 6]), tf.zeros([4, 6]), { bias: -2 }));
    expect(nothing).toBeCloseTo(Math.log1p(Math.exp(2)) + 3 * Math.log1p(Math.exp(-2)), 5); // cosine 0: eq. 1 at logit = bias
  });

  it("does not care which side is left, in which order pairs stand, or how long they are", () => {
    const given = engine([images, texts]);
    const move = (rows: Rows) => [2, 3, 0, 1].map((i) => rows[i]!.map((x) => x * (i + 1)));
    expect(relativeError([engine([texts, images])], [given])).toBeLessThan(1e-6);
    expect(relativeError([engine([move(images), move(texts)])], [given])).toBeLessThan(1e-5);
    expect(Math.abs(engine([images, [...texts.slice(1), texts[0]!]]) - given)).toBeGreaterThan(1e-2);
  });

  it("has the gradient of its differences, by its embeddings, a temperature and a bias that learn", () => {
    const [left, right] = tensors(images, captions);
    const f = (...[a, b, temperature, bias]: tf.Tensor[]) =>
      sigmoid(a as tf.Tensor2D, b as tf.Tensor2D, {
        groups,
        temperature: temperature as tf.Scalar,
        bias: bias as tf.Scalar,
      });
    expect(checkGradient(f, [left!, right!, tf.scalar(0.5), tf.scalar(-1)])).toBeLessThan(1e-2);
  });

  it("has a finite value and gradient for large logits and an embedding of zeros", () => {
    const [left, right] = tensors([[0, 0], [1, 0]], [[1, 0], [-1, 0]]); // prettier-ignore
    const { value, grad } = tf.valueAndGrad((a) => sigmoid(a as tf.Tensor2D, right!, { temperature: 1e-4 }))(left!);
    for (const x of [...value.dataSync(), ...grad.dataSync()]) expect(Number.isFinite(x)).toBe(true);
  });

  it("refuses what does not meet", () => {
    expect(() => sigmoid(tf.zeros([4, 3]), tf.zeros([3, 3]))).toThrow(
      "sigmoid: each left needs one right, or as many as every other; got [4, 3] and [3, 3].",
    );
    expect(() => sigmoid(tf.zeros([4, 3]), tf.zeros([4, 3]), { temperature: 0 })).toThrow("got 0");
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import { inBatch, matryoshka, vectorDistillation, type EmbeddingsLoss } from "@nearfar/losses";
import { loadEngine, tf } from "@nearfar/tensor";
import { checkGradient, relativeError } from "@nearfar/testing";
import { plain, type Rows } from "./plain.ts";
import { tensors } from "./tensors.ts";
import { textLosses } from "./textLosses.ts";
import { value } from "./value.ts";

beforeAll(() => void loadEngine());

const { z0, z1 } = textLosses;
const pairs: EmbeddingsLoss = (anchors, positives) => inBatch(anchors!, positives!);

/** Kusupati et al. 2022, eq. 1, over in-batch negatives at temperature 0.05: the weighted sum over prefixes. */
function transcription([left, right]: Rows[], dimensions: number[], weights: number[]): number {
  return dimensions.reduce((sum, d, k) => {
    const [a, b] = [left!, right!].map((rows) => plain.unit(rows.map((row) => row.slice(0, d)))) as [Rows, Rows];
    const each = a.map((x, i) => {
      const logits = b.map((y) => plain.dot(x, y) / 0.05);
      return plain.crossEntropy(logits[i]!, logits);
    });
    return sum + weights[k]! * plain.mean(each);
  }, 0);
}

describe("matryoshka", () => {
  it.each([
    { name: "matryoshka 6 4 2", dimensions: [6, 4, 2], weights: undefined },
    { name: "matryoshka 6 3 weights 1 .5", dimensions: [6, 3], weights: [1, 0.5] },
  ])("$name is sentence-transformers' value", ({ name, dimensions, weights }) => {
    const exact = transcription([z0, z1], dimensions, weights ?? dimensions.map(() => 1));
    expect(relativeError([exact], [textLosses.value(name)])).toBeLessThan(1e-9);
    const [a, b] = tensors(z0, z1);
    const engine = value(() => matryoshka(pairs, dimensions, { weights })(a!, b!));
    expect(relativeError([engine], [exact])).toBeLessThan(1e-5);
  });

  it("of the full width alone is the loss", () => {
    const [a, b] = tensors(z0, z1);
    expect(relativeError([value(() => matryoshka(pairs, [6])(a!, b!))], [value(() => inBatch(a!, b!))])).toBeLessThan(
      1e-6,
    );
  });

  it("gives the loss prefixes of length 1", () => {
    const [a] = tensors(z0);
    const length: EmbeddingsLoss = (x) => tf.mean(tf.norm(x!, 2, 1));
    expect(value(() => matryoshka(length, [2, 5])(a!))).toBeCloseTo(2, 5); // 1 for each
    const same: EmbeddingsLoss = (x, y) => vectorDistillation(x!, y!);
    expect(value(() => matryoshka(same, [3])(a!, tf.mul(a!, 5)))).toBeCloseTo(0, 6);
  });

  it("has the gradient of its differences, 0 beyond the longest prefix", () => {
    const loss = matryoshka((a, b) => inBatch(a!, b!, { temperature: 0.5 }), [4, 2]) as (
      ...inputs: tf.Tensor[]
    ) => tf.Scalar;
    expect(checkGradient(loss, tensors(z0, z1))).toBeLessThan(1e-2);
    const [gradient] = tf.grads(loss)(tensors(z0, z1));
    const rows = gradient!.arraySync() as number[][];
    expect(rows.every((row) => row.every((x, k) => k < 4 === (x !== 0)))).toBe(true);
  });

  it("refuses dimensions that there are not, and weights that do not match", () => {
    const [a, b] = tensors(z0, z1);
    expect(() => matryoshka(pairs, [7])(a!, b!)).toThrow(
      "matryoshka: embeddings have 6 dimensions; got a prefix of 7.",
    );
    expect(() => matryoshka(pairs, [])).toThrow("matryoshka: dimensions are whole and above 0, at least one; got [].");
    expect(() => matryoshka(pairs, [4, 0.5])).toThrow("got [4, 0.5]");
    expect(() => matryoshka(pairs, [4, 2], { weights: [1] })).toThrow("one weight for each of 2 dimensions; got 1.");
  });
});

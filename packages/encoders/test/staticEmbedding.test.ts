import { readFileSync } from "node:fs";
import { join } from "node:path";
import { foldWeights, packTokens, staticEmbedding, type Tokens } from "@nearfar/encoders";
import { readSafetensorsFile, toFloat32 } from "@nearfar/formats";
import { key } from "@nearfar/random";
import {
  leaves,
  loadEngine,
  lookups,
  seedOf,
  statistics,
  tf,
  valueAndGradients,
  type Lookups,
  type Mode,
  type Params,
  type RowsGradient,
  type Scalar,
  type Tensor2D,
} from "@nearfar/tensor";
import { relativeError, tensorCount } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";

// Source: golden/static/make.py, PyTorch's EmbeddingBag as sentence-transformers 6.2.0 calls it.
const folder = join(import.meta.dirname, "golden/static");
const golden = JSON.parse(readFileSync(join(folder, "vectors.json"), "utf8")) as {
  ids: number[][];
  mean: number[][];
  gradient: number[][];
};

const training = (lookups?: Lookups): Mode => ({
  training: true,
  seed: seedOf(key(0)),
  statistics: statistics(),
  ...(lookups && { lookups }),
});

describe("staticEmbedding", () => {
  let table: Tensor2D;
  beforeAll(async () => {
    loadEngine();
    const { tensors } = await readSafetensorsFile(join(folder, "model/model.safetensors"));
    table = tf.tensor2d(toFloat32(tensors.get("embedding.weight")!), [18, 6]);
  });
  const net = staticEmbedding({ vocabularySize: 18, dimensions: 6 });

  it("gives the means of PyTorch's EmbeddingBag, and 0 for a text without tokens", () => {
    tf.tidy(() => {
      const means = net.apply({ embedding: { weight: table } }, bag(golden.ids), { training: false });
      expect(relativeError(means.dataSync(), golden.mean.flat())).toBeLessThan(1e-6);
    });
  });

  it("has its gradient, as large as the table or by the rows used", () => {
    tf.tidy(() => {
      const params = { embedding: { weight: table } };
      const loss = (mode: Mode) => () => {
        const rows = net.apply(params, bag(golden.ids), mode);
        return tf.sum(tf.mul(rows, tf.cos(tf.reshape(tf.range(0, rows.size), rows.shape)))) as Scalar;
      };
      const whole = valueAndGradients(loss(training()), params).gradients.get("embedding.weight")!;
      expect(relativeError(whole.dataSync(), golden.gradient.flat())).toBeLessThan(1e-6);

      const used = lookups();
      const byRows = valueAndGradients(loss(training(used)), params, used).gradients.get("embedding.weight");
      const { indices, values } = byRows as RowsGradient;
      const distinct = [...new Set(golden.ids.flat())].sort((a, b) => a - b);
      expect([...indices.dataSync()].sort((a, b) => a - b)).toEqual(distinct);
      const gradient = tf.gather(whole, indices);
      expect(relativeError(values.dataSync(), gradient.dataSync())).toBeLessThan(1e-6);
    });
  });

  it("has one leaf of normal weights, decided by the key", () => {
    tf.tidy(() => {
      const weights = (seed: number, deviation?: number) => {
        const params = staticEmbedding({ vocabularySize: 1000, dimensions: 100, deviation }).init(key(seed));
        expect([...leaves(params).keys()]).toEqual(["embedding.weight"]); // sentence-transformers' name
        return leaves(params).get("embedding.weight")!;
      };
      expect(weights(1).shape).toEqual([1000, 100]);
      expect(weights(1).dataSync()).toEqual(weights(1).dataSync());
      expect(weights(1).dataSync()).not.toEqual(weights(2).dataSync());
      for (const deviation of [undefined, 0.1]) {
        // 100,000 draws: the deviation of their deviation is 1 / sqrt(200,000) = 0.0022 of it; 5 of these
        const { mean, variance } = tf.moments(weights(3, deviation));
        expect(Math.abs(Math.sqrt(variance.dataSync()[0]!) / (deviation ?? 1) - 1)).toBeLessThan(0.011);
        expect(Math.abs(mean.dataSync()[0]!) / (deviation ?? 1)).toBeLessThan(0.016); // 5 / sqrt(100,000)
      }
    });
  });

  it("does not see the order of tokens, nor other texts", () => {
    tf.tidy(() => {
      const params = { embedding: { weight: table } };
      const rowsOf = (texts: number[][]) => net.apply(params, packTokens(texts), { training: false });
      const [a, b] = [
        [2, 4, 7],
        [9, 9, 3, 5],
      ];
      const together = rowsOf([a, b]).dataSync();
      expect(relativeError(rowsOf([a.toReversed(), b.toReversed()]).dataSync(), together)).toBeLessThan(1e-6);
      expect(relativeError(rowsOf([b]).dataSync(), together.slice(6))).toBeLessThan(1e-6);
    });
  });

  it("weights tokens: the vectors and the gradient of a table whose rows are weighted", () => {
    tf.tidy(() => {
      const weights = Float32Array.from({ length: 18 }, (_, t) => 0.5 + t / 10); // any
      const params = { embedding: { weight: table, running_token_weight: tf.tensor1d(weights) } };
      const folded = foldWeights(params);
      const column = tf.tensor2d(weights, [18, 1]);
      expect(leaves(folded).get("embedding.weight")!.dataSync()).toEqual(tf.mul(table, column).dataSync());
      const tokens = bag(golden.ids);
      const expected = net.apply(folded, tokens, { training: false });
      expect(
        relativeError(net.apply(params, tokens, { training: false }).dataSync(), expected.dataSync()),
      ).toBeLessThan(1e-6);

      const loss = (of: Params, mode: Mode) => () => tf.sum(tf.square(net.apply(of, tokens, mode))) as Scalar;
      const inner = valueAndGradients(loss(folded, training()), folded).gradients.get("embedding.weight")!;
      const chained = tf.mul(inner, column); // d/de_t = w_t d/d(w_t e_t)
      const whole = valueAndGradients(loss(params, training()), params).gradients;
      expect([...whole.keys()]).toEqual(["embedding.weight"]); // the weights themselves are not trained
      expect(relativeError(whole.get("embedding.weight")!.dataSync(), chained.dataSync())).toBeLessThan(1e-6);
      const used = lookups();
      const byRows = valueAndGradients(loss(params, training(used)), params, used).gradients.get("embedding.weight");
      const { indices, values } = byRows as RowsGradient;
      expect(indices.size).toBe(new Set(golden.ids.flat()).size);
      expect(relativeError(values.dataSync(), tf.gather(chained, indices).dataSync())).toBeLessThan(1e-6);
    });
  });

  it("starts with the weights it is given", () => {
    tf.tidy(() => {
      const weights = Float32Array.of(1, 0.5, 0.25);
      const start = leaves(staticEmbedding({ vocabularySize: 3, dimensions: 2, weights }).init(key(1)));
      expect([...start.keys()]).toEqual(["embedding.weight", "embedding.running_token_weight"]);
      expect(start.get("embedding.running_token_weight")!.dataSync()).toEqual(weights);
      const plain = leaves(staticEmbedding({ vocabularySize: 3, dimensions: 2 }).init(key(1)));
      expect(start.get("embedding.weight")!.dataSync()).toEqual(plain.get("embedding.weight")!.dataSync());
      expect(() => staticEmbedding({ vocabularySize: 4, weights })).toThrow("got 3 for 4 tokens");
    });
  });

  it("leaves nothing behind but its rows", () => {
    const tokens = packTokens([[1, 2], [3]]);
    const params = { embedding: { weight: table } };
    tf.dispose(net.apply(params, tokens, { training: false })); // whatever is uploaded lazily is there now
    const before = [tf.memory().numTensors, tensorCount()];
    const rows = net.apply(params, tokens, { training: false });
    expect([tf.memory().numTensors, tensorCount()]).toEqual(before.map((count) => count + 1));
    const weighted = { embedding: { weight: table, running_token_weight: tf.ones([18]) } };
    const more = net.apply(weighted, tokens, { training: false });
    expect(tf.memory().numTensors).toBe(before[0]! + 3); // both rows and the weights
    tf.dispose([rows, more, weighted.embedding.running_token_weight, ...Object.values(tokens)]);
  });

  it("refuses a table without rows or columns", () => {
    expect(() => staticEmbedding({ vocabularySize: 0 })).toThrow("the table has rows and columns; got [0, 256]");
    expect(() => staticEmbedding({ vocabularySize: 5, dimensions: 1.5 })).toThrow(RangeError);
  });
});

/** Packed tokens of texts of which some have none, which `packTokens` refuses: `apply` needs no more than this of them. */
function bag(texts: readonly number[][]): Tokens {
  const rows = texts.flatMap((ids, row) => ids.map(() => row));
  const positions = texts.flatMap((ids) => ids.map((_, i) => i));
  const longest = Math.max(...texts.map(({ length }) => length));
  return {
    ids: tf.tensor1d(texts.flat(), "int32"),
    rows: tf.tensor1d(rows, "int32"),
    positions: tf.tensor1d(positions, "int32"),
    mask: tf.tensor2d(texts.map((ids) => Array.from({ length: longest }, (_, i) => Number(i < ids.length)))),
  };
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packTokens, pool, type Pooling } from "@nearfar/encoders";
import { loadEngine, tf, type Scalar, type Tensor2D } from "@nearfar/tensor";
import { checkGradient, relativeError } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";

// Source: golden/makeTransformers.py, sentence-transformers 6.2.0's Pooling in float64.
const golden = JSON.parse(readFileSync(join(import.meta.dirname, "golden/transformers.json"), "utf8")) as {
  cases: { bert: { ids: number[][]; hidden: number[] } };
  pooled: Record<string, number[]>;
};
const theirs: Record<Pooling, string> = {
  cls: "cls",
  last: "lasttoken",
  max: "max",
  mean: "mean",
  "mean-sqrt-len": "mean_sqrt_len_tokens",
  "weighted-mean": "weightedmean",
};
const kinds = Object.keys(theirs) as Pooling[];

beforeAll(() => void loadEngine());

describe.each(kinds)("pool by %s", (kind) => {
  it("is sentence-transformers'", () => {
    tf.tidy(() => {
      const { ids, hidden } = golden.cases.bert;
      const rows = pool(tf.tensor2d(hidden, [hidden.length / 32, 32]), packTokens(ids), kind);
      expect(rows.shape).toEqual([ids.length, 32]);
      expect(relativeError(rows.dataSync(), golden.pooled[theirs[kind]]!)).toBeLessThan(1e-6); // float32 against float64
    });
  });

  it("meets finite differences", () => {
    tf.tidy(() => {
      const tokens = packTokens([[1, 2, 3], [4], [5, 6]]);
      const apart = Array.from({ length: 24 }, (_, i) => ((i * 7) % 24) / 8); // no two within a step
      const states = tf.tensor2d(apart, [6, 4]);
      const f = (x: tf.Tensor) => {
        const rows = pool(x as Tensor2D, tokens, kind);
        return tf.sum(tf.mul(rows, tf.cos(tf.reshape(tf.range(0, rows.size), rows.shape)))) as Scalar;
      };
      expect(checkGradient(f, [states])).toBeLessThan(1e-2);
    });
  });

  it("of a text of one token is its state", () => {
    tf.tidy(() => {
      const states = tf.tensor2d([1, -2, 3, 4], [2, 2]);
      expect(Array.from(pool(states, packTokens([[7], [8]]), kind).dataSync())).toEqual([1, -2, 3, 4]);
    });
  });
});

it("pool by max shares the gradient among ties", () => {
  tf.tidy(() => {
    const gradient = tf.grad((x) => pool(x as Tensor2D, packTokens([[1, 2, 3]]), "max"))(tf.tensor2d([[5], [5], [1]]));
    expect(Array.from(gradient.dataSync())).toEqual([0.5, 0.5, 0]);
  });
});

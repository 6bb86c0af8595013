import { whitenTable } from "@nearfar/encoders";
import type { Vectors } from "@nearfar/formats";
import { key, normals } from "@nearfar/random";
import { loadEngine, normalize, tf, type Tensor2D } from "@nearfar/tensor";
import { matrix } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => void loadEngine());

/** Vectors whose dimensions go together. */
const mixed = (): Tensor2D => {
  const mix = tf.tensor2d([1, 0.5, 0, 0, 0.5, 0.3, 0, 0, 0.4], [3, 3]);
  return normalize(tf.matMul(tf.tensor2d(normals(key(1), 300), [100, 3]), mix));
};
const vectors = (rows: Tensor2D): Vectors => ({ rows: rows.shape[0], dimensions: rows.shape[1], data: rows.dataSync<"float32">() }); // prettier-ignore
const moments = (rows: Tensor2D) => tf.div(tf.matMul(rows, rows, true), rows.shape[0]) as Tensor2D;

describe("whitenTable", () => {
  it("spreads the sample evenly over all directions, where the sample is of the table itself", () => {
    tf.tidy(() => {
      const table = mixed();
      const after = moments(whitenTable(table, vectors(table))).dataSync();
      after.forEach((value, i) => expect(value).toBeCloseTo(i % 4 === 0 ? 1 : 0, 3));
    });
  });

  it("half way, leaves the square root of the moments", () => {
    tf.tidy(() => {
      const table = mixed();
      // C^(-1/4) C C^(-1/4) = C^(1/2), whose square is C
      const after = moments(whitenTable(table, vectors(table), { half: true }));
      const squared = tf.matMul(after, after).dataSync();
      moments(table).dataSync().forEach((value, i) => expect(squared[i]).toBeCloseTo(value, 3)); // prettier-ignore
    });
  });

  it("whitens means by whitening rows: the mean of whitened rows is the whitened mean", () => {
    tf.tidy(() => {
      const table = mixed();
      const sample = vectors(table);
      const mean = (rows: Tensor2D) => tf.mean(tf.slice(rows, [0, 0], [4, 3]), 0, true) as Tensor2D;
      const direct = whitenTable(mean(table), sample).dataSync();
      mean(whitenTable(table, sample)).dataSync().forEach((value, i) => expect(value).toBeCloseTo(direct[i]!, 4)); // prettier-ignore
    });
  });

  it("looks at the directions of the sample, not at its lengths", () => {
    tf.tidy(() => {
      const table = mixed();
      const longer = tf.mul(table, tf.reshape(tf.range(1, 101), [100, 1])) as Tensor2D;
      const [left, right] = [whitenTable(table, vectors(table)), whitenTable(table, vectors(longer))];
      const other = right.dataSync();
      left.dataSync().forEach((value, i) => expect(other[i]).toBeCloseTo(value, 3)); // prettier-ignore
    });
  });

  it("stays finite with a dead dimension, and refuses too few texts", () => {
    tf.tidy(() => {
      const table = tf.mul(mixed(), [1, 0, 1]) as Tensor2D;
      for (const half of [false, true])
        expect(whitenTable(table, vectors(table), { half }).dataSync().every(Number.isFinite)).toBe(true);
      expect(() => whitenTable(table, matrix([[1, 2, 3]]))).toThrow(/more texts than dimensions/);
    });
  });
});

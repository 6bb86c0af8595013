import { projection } from "@nearfar/encoders";
import { key } from "@nearfar/random";
import { leaves, loadEngine, tf, type Tensor2D } from "@nearfar/tensor";
import { beforeAll, describe, expect, it } from "vitest";
import { encoderContract } from "../../../test/contracts/encoder.ts";

beforeAll(() => void loadEngine());

describe("projection", () => {
  it("is one matrix, without bias, whose first values deviate by features^-0.5", () => {
    tf.tidy(() => {
      const { weight, ...others } = Object.fromEntries(leaves(projection(400, 100).init(key(0))));
      expect([Object.keys(others), weight!.shape]).toEqual([[], [400, 100]]);
      const { mean, variance } = tf.moments(weight!);
      // openai/CLIP, model.py: 400^-0.5 is 0.05; 40,000 draws are within 2 %.
      expect(Math.abs(Math.sqrt(variance.dataSync()[0]!) / 0.05 - 1)).toBeLessThan(0.02);
      expect(Math.abs(mean.dataSync()[0]!)).toBeLessThan(1e-3);
    });
  });

  it("multiplies by it, and refuses rows of another width", () => {
    tf.tidy(() => {
      const weight = tf.tensor2d([[1, 2, 3], [4, 5, 6]]); // prettier-ignore
      const of = (rows: Tensor2D) => projection(2, 3).apply({ weight }, rows, { training: false });
      expect([...of(tf.tensor2d([[1, 10]])).dataSync()]).toEqual([41, 52, 63]); // by hand
      expect(() => of(tf.zeros([4, 5]))).toThrow(
        "projection: rows have 2 features; got [4, 5]. Do the projection and the tower fit?",
      );
    });
  });
});

encoderContract(
  "projection",
  () => projection(6, 4),
  (n) =>
    tf.tensor2d(
      Float32Array.from({ length: n * 6 }, (_, i) => Math.sin(i)),
      [n, 6],
    ),
);

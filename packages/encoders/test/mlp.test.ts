import { mlp, simclrHead } from "@nearfar/encoders";
import { key } from "@nearfar/random";
import { leaves, loadEngine, tf } from "@nearfar/tensor";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => void loadEngine());

describe("mlp", () => {
  it("has a bias only where no batch-norm follows, and PyTorch's numbering", () => {
    tf.tidy(() => {
      const paths = [...leaves(mlp([4, 8, 2]).init(key(0))).keys()].filter((path) => !path.includes("running_"));
      expect(paths).toEqual([
        "layers.0.weight",
        "layers.1.weight",
        "layers.1.bias",
        "layers.3.weight",
        "layers.3.bias",
      ]);
    });
  });

  it("refuses fewer than two sizes, and rows of another width", () => {
    expect(() => mlp([4])).toThrow("got [4]");
    tf.tidy(() => {
      const head = simclrHead(4);
      const apply = () => head.apply(head.init(key(0)), tf.zeros([2, 5]), { training: false });
      expect(apply).toThrow("mlp: rows have 4 features; got [2, 5]. Do the head and the encoder fit?");
    });
  });

  it("of two sizes is linear", () => {
    tf.tidy(() => {
      const head = mlp([3, 2]);
      const params = head.init(key(0));
      const of = (x: number[]) => head.apply(params, tf.tensor2d([x]), { training: false });
      const sum = tf.sub(tf.add(of([1, 2, 3]), of([-3, 0, 1])), of([0, 0, 0]));
      for (const value of tf.sub(sum, of([-2, 2, 4])).dataSync()) expect(Math.abs(value)).toBeLessThan(1e-6);
    });
  });
});

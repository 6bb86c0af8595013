import { asGraph, loadEngine, type Graph, type Tensor, tf } from "@nearfar/tensor";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => void loadEngine());

const T = { type: "float32" } as const;
const sumOfSquares = (op: string): Graph => ({
  inputs: ["a", "b"],
  nodes: [
    { name: "square", op: "Square", inputs: ["a"], attributes: { T } },
    { name: "sum", op, inputs: ["square", "b"], attributes: { T } },
  ],
});
const plain = (a: Tensor, b: Tensor) => tf.add(tf.square(a), tf.mul(b, 1));

describe("asGraph", () => {
  it("gives the last node's value, for inputs of any shape", () => {
    tf.tidy(() => {
      const f = asGraph(() => tf.scalar(NaN), sumOfSquares("AddV2"));
      expect(Array.from(f(tf.tensor1d([1, 2]), tf.tensor1d([3, 4])).dataSync())).toEqual([4, 8]);
      expect(f(tf.ones([2, 3]), tf.ones([2, 3])).shape).toEqual([2, 3]);
    });
  });

  it("refuses a gradient, and says why", () => {
    tf.tidy(() => {
      const f = asGraph(plain as (...inputs: Tensor[]) => Tensor, sumOfSquares("AddV2"));
      expect(() => tf.grads((a, b) => f(a!, b!))([tf.ones([2]), tf.ones([2])])).toThrow("evaluation mode");
    });
  });

  it("is the plain function where the engine has no such kernel", () => {
    tf.tidy(() => {
      const f = asGraph(plain as (...inputs: Tensor[]) => Tensor, sumOfSquares("NoSuchOperation"));
      for (let i = 0; i < 2; i++) expect(Array.from(f(tf.tensor1d([2]), tf.tensor1d([1])).dataSync())).toEqual([5]);
    });
  });

  it("says what is wrong with inputs by the plain function's error", () => {
    tf.tidy(() => {
      const f = asGraph(plain as (...inputs: Tensor[]) => Tensor, sumOfSquares("AddV2"));
      expect(() => f(tf.ones([2]), tf.ones([3]))).toThrow();
    });
  });
});

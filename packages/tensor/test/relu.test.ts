import { loadEngine, relu, tf } from "@nearfar/tensor";
import { beforeAll, describe, expect, it } from "vitest";
import { expectTorch } from "./torch.ts";

beforeAll(() => void loadEngine());

describe("relu", () => {
  it("has PyTorch's values and gradient", () => expectTorch("relu", ({ x }) => relu(x!)));

  it("has gradient 0 at 0, as PyTorch", () => {
    tf.tidy(() => {
      const gradient = tf.grad((x) => relu(x))(tf.tensor1d([-1, 0, 1]));
      expect(Array.from(gradient.dataSync())).toEqual([0, 0, 1]);
    });
  });

  it("takes any rank", () => {
    tf.tidy(() => {
      expect(relu(tf.scalar(-2)).dataSync()[0]).toBe(0);
      expect(relu(tf.zeros([1, 2, 3, 4, 5])).shape).toEqual([1, 2, 3, 4, 5]);
    });
  });
});

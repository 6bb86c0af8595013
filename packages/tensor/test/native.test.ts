import { loadEngine, native, tf } from "@nearfar/tensor";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => void loadEngine());

describe("native", () => {
  it("runs an operation by its name with attributes of each kind", () => {
    tf.tidy(() => {
      const x = tf.tensor2d([1, 2, 3, 4], [2, 2]);
      const [sum] = native("AddN", [x, x, x], { N: { int: 3 }, T: { type: "float32" } });
      expect(Array.from(sum!.dataSync())).toEqual([3, 6, 9, 12]);
      const turned = { transpose_a: { bool: true }, transpose_b: { bool: false }, T: { type: "float32" } } as const;
      expect(Array.from(native("MatMul", [x, x], turned)[0]!.dataSync())).toEqual([10, 14, 14, 20]); // [[1,3],[2,4]] · [[1,2],[3,4]]
      const leaky = { alpha: { float: 0.5 }, T: { type: "float32" } } as const;
      expect(Array.from(native("LeakyRelu", [tf.tensor1d([-2, 2])], leaky)[0]!.dataSync())).toEqual([-1, 2]);
      const flat = { data_format: { string: "NHWC" }, T: { type: "float32" } } as const;
      expect(Array.from(native("BiasAdd", [x, tf.tensor1d([10, 20])], flat)[0]!.dataSync())).toEqual([11, 22, 13, 24]);
    });
  });
});

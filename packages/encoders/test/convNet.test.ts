import { convNet } from "@nearfar/encoders";
import { key } from "@nearfar/random";
import { leaves, loadEngine, type Tensor4D, tf } from "@nearfar/tensor";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => void loadEngine());

describe("convNet", () => {
  it("has the 241,184 weights that PyTorch counts, and as many statistics as channels", () => {
    // 9 · (3 · 32 + 32 · 64 + 64 · 128 + 128 · 128) + 2 · 352; running mean and variance of 352 channels.
    tf.tidy(() => {
      const sizes = [...leaves(convNet().init(key(0)))].map(
        ([path, leaf]) => [path.includes("running_"), leaf.size] as const,
      );
      const sum = (running: boolean) =>
        sizes.filter(([is]) => is === running).reduce((total, [, size]) => total + size, 0);
      expect([sum(false), sum(true)]).toEqual([241_184, 704]);
    });
  });

  it.each([[[2, 3, 16, 16]], [[2, 16, 16, 1]], [[0, 16, 16, 3]]] as [number[]][])("refuses pictures %j", (shape) => {
    tf.tidy(() => {
      const net = convNet();
      const apply = () => net.apply(net.init(key(0)), tf.zeros(shape as Tensor4D["shape"]), { training: false });
      expect(apply).toThrow(`convnet: images are [n, height, width, 3]; got [${shape.join(", ")}]`);
    });
  });

  it("takes a picture of one pixel", () => {
    tf.tidy(() => {
      const net = convNet();
      const rows = net.apply(net.init(key(0)), tf.ones([1, 1, 1, 3]), { training: false });
      expect(Array.from(rows.dataSync()).every(Number.isFinite)).toBe(true);
    });
  });

  it("has the widths and strides that are asked for, and keeps places with a grid", () => {
    tf.tidy(() => {
      const net = convNet({ widths: [64, 128, 256, 256], strides: [2, 2, 2, 2] });
      const params = net.init(key(0));
      // 9 · (3 · 64 + 64 · 128 + 128 · 256 + 256 · 256) + 2 · 704 weights, and 2 · 704 statistics
      const total = [...leaves(params).values()].reduce((sum, { size }) => sum + size, 0);
      expect(total).toBe(9 * (192 + 8192 + 32_768 + 65_536) + 4 * 704);
      expect(net.apply(params, tf.zeros([2, 64, 64, 3]), { training: false }).shape).toEqual([2, 256]);

      const placed = convNet({ widths: [4, 8], strides: [2, 2], grid: 3 }); // 12 -> 6 -> 3
      const own = placed.init(key(0));
      const images = tf.randomUniform([2, 12, 12, 3], 0, 1, "float32", 1) as Tensor4D;
      const rows = placed.apply(own, images, { training: false });
      expect([placed.features, rows.shape]).toEqual([72, [2, 72]]);
      // The mean over the places is what the net without a grid gives.
      const means = tf.mean(tf.reshape(rows, [2, 9, 8]), 1).dataSync();
      const pooled = convNet({ widths: [4, 8], strides: [2, 2] })
        .apply(own, images, { training: false })
        .dataSync();
      pooled.forEach((value, i) => expect(means[i]).toBeCloseTo(value, 5));
      expect(() => placed.apply(own, tf.zeros([1, 16, 16, 3]), { training: false })).toThrow("3 x 3; got 4 x 4");
    });
  });

  it.each([
    [[], []],
    [[4], [1, 2]],
    [
      [4, 0],
      [1, 1],
    ],
    [[4.5], [1]],
  ])("refuses widths %j with strides %j", (widths, strides) => {
    expect(() => convNet({ widths, strides })).toThrow("a width and a stride per convolution");
  });
});

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
});

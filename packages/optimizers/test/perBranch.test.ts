import { adamW, clipped, perBranch, sgd } from "@nearfar/optimizers";
import {
  leaves,
  loadEngine,
  lookup,
  lookups,
  tf,
  valueAndGradients,
  type Params,
  type Tensor1D,
  type Tensor2D,
} from "@nearfar/tensor";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => void loadEngine());

const start = (): Params => ({
  image: { encoder: { w: tf.tensor1d([1, 2]) }, projection: { w: tf.tensor1d([3]) } },
  text: { encoder: { w: tf.tensor1d([4, 5]) } },
  scale: tf.scalar(2),
});
const values = (params: Params) =>
  Object.fromEntries([...leaves(params)].map(([path, leaf]) => [path, [...leaf.dataSync()]]));
/** Half the square of everything: the gradient of a leaf is itself. */
const gradientsOf = (params: Params) => new Map([...leaves(params)].map(([path, leaf]) => [path, tf.clone(leaf)]));

describe("perBranch", () => {
  it("moves each branch by its own rate and optimizer, and all others by theirs", () => {
    tf.tidy(() => {
      const plain = () => sgd({ momentum: 0, weightDecay: 0 });
      const optimizer = perBranch(
        { "image.encoder": { optimizer: plain(), factor: 0.5 }, "text.encoder": { optimizer: plain(), factor: 0 } },
        { optimizer: sgd({ momentum: 0, weightDecay: 1 }) },
      );
      const params = start();
      const { params: next } = optimizer.update(gradientsOf(params), params, optimizer.init(params), tf.scalar(0.1));
      expect(Object.keys(next)).toEqual(["image", "text", "scale"]);
      const moved = values(next);
      // w - 0.1 · 0.5 w; w; w - 0.1 (w + 1 w)
      [0.95, 1.9].forEach((value, i) => expect(moved["image.encoder.w"]![i]).toBeCloseTo(value, 6));
      expect(moved["text.encoder.w"]).toEqual([4, 5]);
      expect(moved["image.projection.w"]![0]).toBeCloseTo(2.4, 6);
      expect(moved.scale![0]).toBeCloseTo(1.6, 6);
    });
  });

  it("with one optimizer for all and factors of 1 is that optimizer, step by step, clipped or not", () => {
    tf.tidy(() => {
      const adam = () => adamW({ weightDecay: 0.1 });
      const parted = perBranch(
        { "image.encoder": { optimizer: adam() }, text: { optimizer: adam() } },
        { optimizer: adam() },
      );
      const run = (optimizer: ReturnType<typeof adamW>) => {
        let params = start();
        let slots = optimizer.init(params);
        for (let step = 0; step < 4; step++)
          ({ params, slots } = optimizer.update(gradientsOf(params), params, slots, tf.scalar(0.05)));
        return values(params);
      };
      expect(run(parted)).toEqual(run(adam()));
      expect(run(clipped(parted, 1))).toEqual(run(clipped(adam(), 1)));
    });
  });

  it("writes the rows of a table that a step looked up", () => {
    tf.tidy(() => {
      const adam = () => ({ optimizer: adamW({ weightDecay: 0 }), factor: 2 });
      const optimizer = perBranch({ text: adam() }, { optimizer: adamW() });
      const params: Params = { text: { table: tf.ones([5, 2]) }, other: tf.tensor1d([1]) };
      const used = lookups();
      const mode = { training: true, seed: tf.tensor1d([0, 0], "int32"), statistics: { record: () => {}, entries: () => new Map() } as never, lookups: used } as const; // prettier-ignore
      const ids = tf.tensor1d([1, 3], "int32") as Tensor1D;
      const { gradients } = valueAndGradients(
        () => tf.sum(lookup((params.text as Params).table as Tensor2D, ids, mode)) as tf.Scalar,
        params,
        used,
      );
      const { params: next } = optimizer.update(gradients, params, optimizer.init(params), tf.scalar(0.1));
      // The first step of Adam is as long as the rate: 2 · 0.1.
      const table = values(next)["text.table"]!;
      [1, 1, 0.8, 0.8, 1, 1, 0.8, 0.8, 1, 1].forEach((value, i) => expect(table[i]).toBeCloseTo(value, 5));
    });
  });

  it("passes over branches that the weights do not have, and refuses a factor below 0", () => {
    tf.tidy(() => {
      const optimizer = perBranch({ "audio.encoder": { optimizer: sgd() } }, { optimizer: sgd() });
      const params = start();
      const { params: next } = optimizer.update(gradientsOf(params), params, optimizer.init(params), tf.scalar(0.1));
      expect([...leaves(next).keys()]).toEqual([...leaves(params).keys()]);
    });
    expect(() => perBranch({}, { optimizer: sgd(), factor: -1 })).toThrow("a factor is at least 0; got -1");
  });
});

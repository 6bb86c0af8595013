import { beforeAll, describe, expect, it } from "vitest";
import { imagenetProbe, linearProbe, type LinearProbeOptions } from "@nearfar/evaluation";
import { UserError } from "@nearfar/formats";
import { key } from "@nearfar/random";
import { loadEngine, tf } from "@nearfar/tensor";
import { fixture } from "./fixture.ts";
import { labelled } from "./labelled.ts";

beforeAll(() => void loadEngine());

const train = labelled(fixture.probe.train, fixture.probe.trainLabels);
const test = labelled(fixture.probe.test, fixture.probe.testLabels);
const quick: LinearProbeOptions = { epochs: 30, batch: 64 }; // as golden/make.py

describe("linearProbe", () => {
  it("reaches PyTorch's accuracy on standardised features", () => {
    // Ten seeds of PyTorch lie in 0.675 to 0.69 (golden/make.py); half a hundredth is one picture of 200.
    const accuracies = [0, 1, 2].map((seed) => linearProbe(key(seed), train, test, quick));
    for (const accuracy of accuracies)
      expect(distance(accuracy, fixture.probe.standardized)).toBeLessThanOrEqual(0.0051);
  });

  it("reaches PyTorch's accuracy in ImageNet's setting", () => {
    for (const seed of [0, 1])
      expect(distance(linearProbe(key(seed), train, test, imagenetProbe), fixture.probe.imagenet)).toBeLessThanOrEqual(
        0.0051,
      );
  });

  it("is the same for the same key", () => {
    expect(linearProbe(key(4), train, test, quick)).toBe(linearProbe(key(4), train, test, quick));
  });

  it("does not change with the scale of features when they are standardised", () => {
    const scaled = [train, test].map((set) => ({ ...set, data: set.data.map((value) => 1024 * value + 512) }));
    const plain = linearProbe(key(0), train, test, quick);
    expect(Math.abs(linearProbe(key(0), scaled[0]!, scaled[1]!, quick) - plain)).toBeLessThanOrEqual(0.0051);
  });

  it("separates what a line separates, and takes a batch beyond the data", () => {
    const line = labelled([[-3], [-2], [-1], [1], [2], [3]], [0, 0, 0, 1, 1, 1]); // prettier-ignore
    expect(linearProbe(key(0), line, line)).toBe(1);
  });

  it("leaves no tensor behind", () => {
    const before = tf.memory().numTensors;
    linearProbe(key(0), train, test, { epochs: 2 });
    expect(tf.memory().numTensors).toBe(before);
  });

  it("tells a user's mistakes in one line", () => {
    expect(() => linearProbe(key(0), { ...train, labels: train.labels.map(() => 0) }, test)).toThrow(
      /at least two classes; got one/,
    );
    const huge = { ...train, data: train.data.map((value) => 1e30 * value) };
    expect(() => linearProbe(key(0), huge, huge, { standardize: false, epochs: 5 })).toThrow(UserError);
    expect(() => linearProbe(key(0), train, test, { batch: 0 })).toThrow("batch is a whole number from 1; got 0");
  });
});

const distance = (value: number, others: number[]) =>
  Math.max(0, Math.min(...others) - value, value - Math.max(...others));

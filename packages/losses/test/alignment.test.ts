import { beforeAll, describe, expect, it } from "vitest";
import { alignment } from "@nearfar/losses";
import { loadEngine, tf } from "@nearfar/tensor";
import { checkGradient, relativeError } from "@nearfar/testing";
import { losses } from "./goldenLosses.ts";
import { plain, type Rows } from "./plain.ts";
import { tensors } from "./tensors.ts";
import { value } from "./value.ts";

beforeAll(() => void loadEngine());

/** Wang and Isola 2020, section 4.1.1: the mean of |x - y|^power over positive pairs on the sphere. */
function transcription(left: Rows, right: Rows, power: number): number {
  const [a, b] = [plain.unit(left), plain.unit(right)];
  return plain.mean(a.map((x, i) => Math.hypot(...x.map((value, k) => value - b[i]![k]!)) ** power));
}

describe("alignment", () => {
  const { z0, z1 } = losses.inputs;

  it("at its default power 2 is the golden value", () => {
    const [a, b] = tensors(z0, z1);
    const exact = transcription(z0, z1, 2);
    expect(relativeError([exact], [losses["alignment(alpha=2)"]])).toBeLessThan(1e-9);
    expect(relativeError([value(() => alignment(a!, b!))], [exact])).toBeLessThan(1e-5);
  });

  it.each([1, 3])("at power %i is the transcription", (power) => {
    const [a, b] = tensors(z0, z1);
    expect(relativeError([value(() => alignment(a!, b!, { power }))], [transcription(z0, z1, power)])).toBeLessThan(
      1e-5,
    );
  });

  it("is 0 for equal rows and 4 for opposite ones", () => {
    const [a] = tensors(z0);
    expect(value(() => alignment(a!, tf.mul(a!, 2)))).toBeCloseTo(0, 6); // the distance of a point from itself
    expect(value(() => alignment(a!, tf.neg(a!)))).toBeCloseTo(4, 5); // the sphere's diameter, squared
  });

  it.each([1, 2])("has the gradient of its differences at power %i, and a finite one at 0", (power) => {
    const inputs = tensors(z0, z1);
    const loss = (a: tf.Tensor, b: tf.Tensor) => alignment(a as tf.Tensor2D, b as tf.Tensor2D, { power });
    expect(checkGradient(loss, inputs)).toBeLessThan(1e-2);
    const [atZero] = tf.grads(loss)([inputs[0]!, inputs[0]!]);
    expect([...atZero!.dataSync()].every((x) => Number.isFinite(x))).toBe(true);
  });

  it("names both shapes where they differ", () => {
    expect(() => alignment(tf.zeros([4, 3]), tf.zeros([3, 3]))).toThrow(
      "alignment: both sides need one row per pair; got [4, 3] and [3, 3]",
    );
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import { uniformity } from "@nearfar/losses";
import { loadEngine, tf } from "@nearfar/tensor";
import { checkGradient, relativeError } from "@nearfar/testing";
import { losses } from "./goldenLosses.ts";
import { plain, type Rows } from "./plain.ts";
import { tensors } from "./tensors.ts";
import { value } from "./value.ts";

beforeAll(() => void loadEngine());

/** Wang and Isola 2020, section 4.1.2: log of the mean of exp(-scale |x - y|²) over the pairs i < j on the sphere. */
function transcription(embeddings: Rows, scale: number): number {
  const z = plain.unit(embeddings);
  const pairs = z.flatMap((x, i) => z.slice(i + 1).map((y) => x.map((value, k) => value - y[k]!)));
  return Math.log(plain.mean(pairs.map((difference) => Math.exp(-scale * plain.dot(difference, difference)))));
}

describe("uniformity", () => {
  const { z0, z1 } = losses.inputs;

  it("at its default scale 2 is the golden value", () => {
    const [z] = tensors(z0);
    const exact = transcription(z0, 2);
    expect(relativeError([exact], [losses["uniformity(t=2) z0"]])).toBeLessThan(1e-9);
    expect(relativeError([value(() => uniformity(z!))], [exact])).toBeLessThan(1e-5);
  });

  it.each([1, 10])("at scale %i is the transcription", (scale) => {
    const rows = [...z0, ...z1];
    const [z] = tensors(rows);
    expect(relativeError([value(() => uniformity(z!, { scale }))], [transcription(rows, scale)])).toBeLessThan(1e-5);
  });

  it("is 0 for one point, -8 for two opposite ones", () => {
    expect(value(() => uniformity(tf.ones([5, 3])))).toBeCloseTo(0, 5); // every distance 0
    expect(
      value(() =>
        uniformity(
          tf.tensor2d([
            [1, 0],
            [-1, 0],
          ]),
        ),
      ),
    ).toBeCloseTo(-8, 5); // -2 · 2²
  });

  it("has the gradient of its differences", () => {
    expect(checkGradient((z) => uniformity(z as tf.Tensor2D), tensors(z0))).toBeLessThan(1e-2);
  });

  it("asks for a pair", () => {
    expect(() => uniformity(tf.zeros([1, 3]))).toThrow("uniformity: pairs need at least two rows; got [1,3].");
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import { alignmentUniformity } from "@nearfar/evaluation";
import { loadEngine, tf } from "@nearfar/tensor";
import { golden } from "@nearfar/testing";
import { gaussian, matrix } from "@nearfar/testing";

beforeAll(() => void loadEngine());

interface Losses {
  inputs: Record<"z0" | "z1", number[][]>;
  "alignment(alpha=2)": number;
  "uniformity(t=2) z0": number;
}

describe("alignmentUniformity", () => {
  it("equals the golden values", () => {
    const { inputs, ...values } = golden<Losses>("losses.json"); // NumPy, from the published formulas (its note)
    const [left, right] = [matrix(inputs.z0), matrix(inputs.z1)];
    expect(alignmentUniformity(left, right).alignment).toBeCloseTo(values["alignment(alpha=2)"], 5);
    expect(alignmentUniformity(left, left).uniformity).toBeCloseTo(values["uniformity(t=2) z0"], 5);
    const each = [left, right].map((view) => alignmentUniformity(view, view).uniformity);
    expect(alignmentUniformity(left, right).uniformity).toBeCloseTo((each[0]! + each[1]!) / 2, 6); // the mean of both
  });

  it("is 0 and 0 where all embeddings are one", () => {
    const same = matrix([[2, 1], [4, 2], [6, 3]]); // prettier-ignore
    const { alignment, uniformity } = alignmentUniformity(same, same);
    expect(alignment).toBeCloseTo(0, 6);
    expect(uniformity).toBeCloseTo(0, 6);
  });

  it("does not change when the views trade places, and leaves no tensor behind", () => {
    const before = tf.memory().numTensors;
    const [left, right] = [gaussian(1, 20, 6), gaussian(2, 20, 6)];
    const [there, back] = [alignmentUniformity(left, right), alignmentUniformity(right, left)];
    expect(there.alignment).toBeCloseTo(back.alignment, 6);
    expect(there.uniformity).toBeCloseTo(back.uniformity, 6);
    expect(tf.memory().numTensors).toBe(before);
  });

  it("refuses views of other shapes and too many rows", () => {
    expect(() => alignmentUniformity(gaussian(1, 3, 2), gaussian(2, 4, 2))).toThrow();
    expect(() => alignmentUniformity(gaussian(1, 16_385, 1), gaussian(2, 16_385, 1))).toThrow("got 16385");
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import { alignmentUniformity, stsAlignmentUniformity } from "@nearfar/evaluation";
import { UserError } from "@nearfar/formats";
import { loadEngine, tf } from "@nearfar/tensor";
import { gaussian, matrix } from "@nearfar/testing";
import { expectClose } from "./expectClose.ts";
import { tasks } from "./tasks.ts";

beforeAll(() => void loadEngine());

const { left, right, scores } = tasks.sts.subsets[0]!;

describe("stsAlignmentUniformity", () => {
  it("equals the functions of ssnl/align_uniform", () => {
    const before = tf.memory().numTensors;
    expectClose(stsAlignmentUniformity(matrix(left), matrix(right), scores), tasks.alignmentUniformity, 5); // golden/makeTasks.py
    expect(tf.memory().numTensors).toBe(before);
  });

  it("takes the pairs above the bound, not those on it", () => {
    const some = scores.flatMap((score, i) => (score > 2 ? [i] : []));
    expect(scores.some((score) => score === 2)).toBe(true);
    const rows = (side: number[][]) => matrix(some.map((i) => side[i]!));
    const { alignment } = stsAlignmentUniformity(matrix(left), matrix(right), scores, { above: 2 });
    expect(alignment).toBeCloseTo(alignmentUniformity(rows(left), rows(right)).alignment, 6);
  });

  it("refuses scores of another scale, a missing one and too many pairs", () => {
    const set = matrix(left);
    expect(() => stsAlignmentUniformity(set, set, scores.map((score) => score / 5))).toThrow(UserError); // prettier-ignore
    expect(() => stsAlignmentUniformity(set, set, [5])).toThrow("and 1 scores");
    const many = gaussian(1, 8193, 1);
    expect(() => stsAlignmentUniformity(many, many, new Float32Array(8193).fill(5))).toThrow("got 16386");
  });
});

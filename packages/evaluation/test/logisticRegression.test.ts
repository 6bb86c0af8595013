import { beforeAll, describe, expect, it } from "vitest";
import { logisticRegression } from "@nearfar/evaluation";
import { UserError } from "@nearfar/formats";
import { loadEngine, tf } from "@nearfar/tensor";
import { matrix, relativeError } from "@nearfar/testing";
import { fixture } from "./fixture.ts";
import { labelled } from "./labelled.ts";
import { tasks } from "./tasks.ts";

beforeAll(() => void loadEngine());

const { train, test, trainLabels } = fixture.probe;
const setOf = (classes: number) => labelled(train, trainLabels.map((label) => label % classes)); // prettier-ignore

describe("logisticRegression", () => {
  it.each(tasks.logistic)(
    "equals scikit-learn's weights and predictions: $classes classes, C $inverseStrength",
    ({ classes, inverseStrength, ...expected }) => {
      const set = setOf(classes);
      const exact = logisticRegression(set, { inverseStrength, iterations: 1000, tolerance: 1e-6 });
      // golden/makeTasks.py: of two classes it has the one column W_1 - W_0; the bias is free up to what is common to all classes.
      const { weight, bias } = exact;
      const columns = (row: ArrayLike<number>, c: number) =>
        c === 2 ? [row[1]! - row[0]!] : Array.from({ length: c }, (_, j) => row[j]!);
      const found = Array.from({ length: set.dimensions }, (_, i) => columns(weight.subarray(i * classes), classes));
      expect(relativeError(found.flat(), expected.weight.flat())).toBeLessThan(1e-3); // gradients are sums in float32
      expect(relativeError(centred(columns(bias, classes)), centred(expected.bias))).toBeLessThan(1e-3);
      const usual = logisticRegression(set, { inverseStrength });
      expect(usual.converged).toBe(true);
      expect([...usual.predict(matrix(test))]).toEqual(expected.predictions);
    },
  );

  it("knows the classes of its training set alone, whatever their numbers", () => {
    const renamed = { ...setOf(4), labels: setOf(4).labels.map((label) => 7 * label + 2) };
    const [plain, other] = [logisticRegression(setOf(4)), logisticRegression(renamed)];
    expect([...other.classes]).toEqual([2, 9, 16, 23]);
    expect([...other.predict(matrix(test))]).toEqual(Array.from(plain.predict(matrix(test)), (label) => 7 * label + 2));
    expect(other.weight).toEqual(plain.weight);
  });

  it("parts what a line parts, however far the rows lie apart", () => {
    const line = labelled([[-1000], [-2], [-1], [1], [2], [1000]], [0, 0, 0, 1, 1, 1]); // prettier-ignore
    expect([...logisticRegression(line, { inverseStrength: 1e6 }).predict(line)]).toEqual([0, 0, 0, 1, 1, 1]);
  });

  it("leaves no tensor behind", () => {
    const before = tf.memory().numTensors;
    logisticRegression(setOf(4)).predict(matrix(test));
    expect(tf.memory().numTensors).toBe(before);
  });

  it("refuses one class, missing labels, other dimensions and a strength that is not above 0", () => {
    expect(() => logisticRegression(setOf(1))).toThrow(UserError);
    expect(() => logisticRegression({ ...setOf(4), labels: Int32Array.of(1) })).toThrow("got 1 for 400 rows");
    expect(() => logisticRegression(setOf(4)).predict(matrix([[1, 2]]))).toThrow("got 2 and 8");
    expect(() => logisticRegression(setOf(4), { inverseStrength: 0 })).toThrow("got 0");
  });
});

function centred(values: readonly number[]): number[] {
  const mean = values.length === 1 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

import { beforeAll, describe, expect, it } from "vitest";
import { knn, type Labelled } from "@nearfar/evaluation";
import { UserError } from "@nearfar/formats";
import { integer, key, permutation, uniforms } from "@nearfar/random";
import { loadEngine, tf } from "@nearfar/tensor";
import { fixture } from "./fixture.ts";
import { labelled } from "./labelled.ts";
import { gaussian } from "@nearfar/testing";

beforeAll(() => void loadEngine());

const train = labelled(fixture.knn.train, fixture.knn.trainLabels);
const test = labelled(fixture.knn.test, fixture.knn.testLabels);

describe("knn", () => {
  it.each(fixture.knn.cases)(
    "equals lightly's knn_predict at k $k, temperature $temperature",
    ({ accuracy, ...options }) => {
      expect(knn(train, test, options)).toBeCloseTo(accuracy, 12); // golden/make.py
    },
  );

  it("has lightly's defaults, k 200 and temperature 0.1", () => {
    const [many, few] = [random(1, 300), random(2, 100)];
    expect(knn(many, few)).toBe(knn(many, few, { k: 200, temperature: 0.1 }));
  });

  it("finds every training row again at k 1", () => {
    const set = random(3, 200);
    expect(knn(set, set, { k: 1 })).toBe(1);
  });

  it("does not change with the length of vectors or the order of training rows", () => {
    const expected = knn(train, test, { k: 20 });
    const lengths = uniforms(key(5), train.rows, { min: 0.01, max: 100 });
    const scaled = { ...train, data: train.data.map((value, i) => value * lengths[Math.floor(i / train.dimensions)]!) };
    expect(knn(scaled, test, { k: 20 })).toBe(expected);
    const order = [...permutation(key(6), train.rows)];
    const shuffled = labelled(order.map((row) => fixture.knn.train[row]!), order.map((row) => fixture.knn.trainLabels[row]!)); // prettier-ignore
    expect(knn(shuffled, test, { k: 20 })).toBe(expected);
  });

  it("gives the majority's share when all training rows vote alike", () => {
    // Equal vectors weigh the same: 3 votes for class 1, 2 for class 0, so that the 7 of 10 test rows of class 1 are right.
    const same = (labels: number[]) => labelled(labels.map(() => [1, 1]), labels); // prettier-ignore
    expect(knn(same([0, 1, 1, 0, 1]), same([1, 1, 1, 1, 1, 1, 1, 0, 0, 0]), { k: 5 })).toBe(0.7);
  });

  it("takes the lowest of equal classes, and does not overflow at a low temperature", () => {
    const two = labelled([[1, 0], [1, 0]], [2, 1]); // prettier-ignore
    expect(knn(two, labelled([[1, 0]], [1]), { k: 2 })).toBe(1);
    expect(knn(train, train, { k: 20, temperature: 1e-4 })).toBe(1); // e^(1 / 1e-4) is beyond float64
  });

  it("leaves no tensor behind", () => {
    const before = tf.memory().numTensors;
    knn(train, test, { k: 3 });
    expect(tf.memory().numTensors).toBe(before);
  });

  it("tells a user's mistakes in one line", () => {
    expect(() => knn(train, test)).toThrow(new UserError("knn: k is at most the number of training examples; got k 200 and 90 examples. Lower k or add examples.")); // prettier-ignore
    expect(() => knn({ ...train, labels: train.labels.map(() => 3) }, test)).toThrow(UserError);
    expect(() => knn({ ...train, labels: new Int32Array(0) }, test)).toThrow(/labels are missing/);
    expect(() => knn(train, { ...test, labels: test.labels.map((label, i) => (i === 4 ? -1 : label)) })).toThrow(
      "got -1 in row 4",
    );
    expect(() => knn(train, { ...test, labels: test.labels.slice(1) })).toThrow("got 39 for 40 rows");
    expect(() => knn(train, test, { k: 1, classes: 4 })).toThrow("got 4 and 4");
    expect(() => knn(train, test, { k: 1, temperature: 0 })).toThrow("got 0");
    expect(() => knn(train, random(1, 3), { k: 1 })).toThrow("got 6 and 8");
  });
});

function random(seed: number, rows: number): Labelled {
  return {
    ...gaussian(seed, rows, 8),
    labels: Int32Array.from({ length: rows }, (_, i) => integer(key(seed).fold(i), 5)),
  };
}

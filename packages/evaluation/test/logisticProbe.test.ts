import { beforeAll, describe, expect, it } from "vitest";
import { logisticProbe } from "@nearfar/evaluation";
import { UserError } from "@nearfar/formats";
import { loadEngine } from "@nearfar/tensor";
import { expectClose } from "./expectClose.ts";
import { fixture } from "./fixture.ts";
import { labelled } from "./labelled.ts";
import { tasks } from "./tasks.ts";

beforeAll(() => void loadEngine());

const { train, test, trainLabels, testLabels } = fixture.probe;

describe("logisticProbe", () => {
  it.each(tasks.logistic)(
    "equals scikit-learn's scores: $classes classes, C $inverseStrength",
    ({ classes, inverseStrength, expected }) => {
      const [a, b] = [trainLabels, testLabels].map((labels) => labels.map((label) => label % classes));
      expectClose(logisticProbe(labelled(train, a!), labelled(test, b!), { inverseStrength }), expected, 12); // golden/makeTasks.py
    },
  );

  it("counts a test row of a class that was not learned as wrong", () => {
    const line = labelled([[-1], [1]], [0, 1]); // prettier-ignore
    expect(logisticProbe(line, labelled([[-1], [1], [1], [1]], [0, 1, 2, 2])).accuracy).toBe(0.5); // prettier-ignore
  });

  it("tells a user's mistakes in one line", () => {
    const set = labelled(train, trainLabels);
    expect(() => logisticProbe({ ...set, labels: new Int32Array(0) }, set)).toThrow(UserError);
    expect(() => logisticProbe({ ...set, labels: set.labels.map(() => 0) }, set)).toThrow(
      /at least two classes; got one/,
    );
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import { bitext } from "@nearfar/evaluation";
import { loadEngine } from "@nearfar/tensor";
import { gaussian, matrix } from "@nearfar/testing";
import { expectClose } from "./expectClose.ts";
import { tasks } from "./tasks.ts";

beforeAll(() => void loadEngine());

describe("bitext", () => {
  it("equals MTEB's scores", () => {
    const { left, right, expected } = tasks.bitext;
    expectClose(bitext(matrix(left), matrix(right)), expected, 12); // golden/makeTasks.py
  });

  it("is 1 where both sides are one, however long", () => {
    const set = gaussian(1, 40, 8);
    const found = bitext(set, { ...set, data: set.data.map((value) => 3 * value) });
    expectClose(found, { f1: 1, precision: 1, recall: 1, accuracy: 1, recallAt1: { forward: 1, backward: 1 } }, 12);
  });

  it("refuses sides of other lengths", () => {
    expect(() => bitext(gaussian(1, 3, 2), gaussian(2, 4, 2))).toThrow("got 3 and 4 rows");
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import { zeroShot } from "@nearfar/evaluation";
import { loadEngine } from "@nearfar/tensor";
import { matrix } from "@nearfar/testing";
import { labelled } from "./labelled.ts";
import { pairs } from "./pairs.ts";

beforeAll(() => void loadEngine());

describe("zeroShot", () => {
  it("equals open_clip's accuracies", () => {
    const { images, labels, classifier, top1, top5 } = pairs.zeroShot;
    const found = zeroShot(labelled(images, labels), matrix(classifier));
    expect(found.top1).toBeCloseTo(top1, 12); // golden/makePairs.py
    expect(found.top5).toBeCloseTo(top5, 12);
    expect(top1).toBeLessThan(top5);
  });

  it("is 1 for the classes themselves, and top5 is 1 where there are five or fewer", () => {
    const axes = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]; // prettier-ignore
    expect(zeroShot(labelled(axes, [0, 1, 2]), matrix(axes))).toEqual({ top1: 1, top5: 1 });
    expect(zeroShot(labelled(axes, [1, 2, 0]), matrix(axes))).toEqual({ top1: 0, top5: 1 });
  });

  it("refuses labels that are no class", () => {
    const axes = [[1, 0], [0, 1]]; // prettier-ignore
    expect(() => zeroShot(labelled(axes, [0, 2]), matrix(axes))).toThrow("0 to 1; got 2");
    expect(() => zeroShot(labelled(axes, [0]), matrix(axes))).toThrow("got 1 for 2");
  });
});

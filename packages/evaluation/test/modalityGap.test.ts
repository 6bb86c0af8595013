import { beforeAll, describe, expect, it } from "vitest";
import { modalityGap } from "@nearfar/evaluation";
import { loadEngine } from "@nearfar/tensor";
import { gaussian, matrix, tensorCount } from "@nearfar/testing";
import { pairs } from "./pairs.ts";

beforeAll(() => void loadEngine());

describe("modalityGap", () => {
  it("equals NumPy's distance, mean cosines and principal components", () => {
    const { images, texts, distance, within, between, points } = pairs.gap;
    const found = modalityGap(matrix(images), matrix(texts));
    expect(found.distance).toBeCloseTo(distance, 6); // golden/makePairs.py
    expect(found.within.images).toBeCloseTo(within.images, 6);
    expect(found.within.texts).toBeCloseTo(within.texts, 6);
    expect(found.between).toBeCloseTo(between, 6);
    const both = [...found.points.images, ...found.points.texts];
    expect(both).toHaveLength(2 * points.length);
    points.flat().forEach((value, i) => expect(both[i]).toBeCloseTo(value, 4));
  });

  it("is 0 between equal sides and 2 between opposite ones, and texts stand to the right", () => {
    const set = gaussian(1, 30, 5);
    expect(modalityGap(set, set).distance).toBe(0);
    const [left, right] = [matrix([[1, 0], [1, 0]]), matrix([[-1, 0], [-2, 0]])]; // prettier-ignore
    const found = modalityGap(left, right);
    expect(found).toMatchObject({ distance: 2, within: { images: 1, texts: 1 }, between: -1 });
    expect([...found.points.images, ...found.points.texts]).toEqual([-1, 0, -1, 0, 1, 0, 1, 0]);
  });

  it("takes one row, zeros and one dimension without failing, and leaves no tensor behind", () => {
    const found = modalityGap(matrix([[0]]), matrix([[1]]));
    expect(found.distance).toBe(1);
    expect(found.within.images).toBeNaN();
    const before = tensorCount();
    modalityGap(gaussian(1, 9, 3), gaussian(2, 4, 3));
    expect(tensorCount()).toBe(before);
    expect(() => modalityGap(gaussian(1, 9, 3), gaussian(2, 4, 2))).toThrow("got 3 and 2 dimensions");
  });
});

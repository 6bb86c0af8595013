import { beforeAll, describe, expect, it } from "vitest";
import { drawModalityGap, modalityGap } from "@nearfar/evaluation";
import { loadEngine } from "@nearfar/tensor";
import { gaussian, matrix } from "@nearfar/testing";

beforeAll(() => void loadEngine());

describe("drawModalityGap", () => {
  const drawn = (title?: string, most?: number) =>
    drawModalityGap(modalityGap(gaussian(1, 30, 5), gaussian(2, 50, 5)), {
      ...(title !== undefined && { title }),
      ...(most !== undefined && { most }),
    });
  const count = (svg: string, part: string) => svg.split(part).length - 1;

  it("has every point, both means, title, legend and names of the axes, and nothing from elsewhere", () => {
    const svg = drawn("runs/x");
    expect(count(svg, 'r="2.2"')).toBe(80);
    expect(count(svg, 'r="6"')).toBe(2);
    for (const words of ["runs/x", "pictures (30)", "texts (50)", "first principal", "second principal", "gap of"])
      expect(svg).toContain(words);
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(/http|href|NaN|Infinity|script/);
  });

  it("draws at most so many of each side, and a title's signs as they are", () => {
    expect(count(drawn("t", 20), 'r="2.2"')).toBe(40);
    expect(drawn('</svg><b>"&')).toContain('&#60;/svg&#62;&#60;b&#62;"&#38;');
  });

  it("draws one point each, and points that are all one", () => {
    for (const gap of [modalityGap(matrix([[1, 0]]), matrix([[0, 1]])), modalityGap(matrix([[1]]), matrix([[1]]))])
      expect(drawModalityGap(gap)).not.toMatch(/NaN|Infinity/);
  });
});

import { randomBox } from "@nearfar/image-augmentation";
import { key } from "@nearfar/random";
import { describe, expect, it } from "vitest";
import { golden } from "./readGolden.ts";

const QUANTILES = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1];

describe.each(Object.entries(golden.boxes))("randomBox in %s", (name, expected) => {
  const [width, height] = name.split("x").map(Number) as [number, number];
  const boxes = Array.from({ length: 20000 }, (_, i) => randomBox(key(7).fold(i), { width, height }));

  it("lies inside the picture, in whole pixels", () => {
    for (const box of boxes) {
      expect(Object.values(box).every(Number.isInteger)).toBe(true);
      expect(Math.min(box.left, box.top, box.width - 1, box.height - 1)).toBeGreaterThanOrEqual(0);
      expect(box.left + box.width).toBeLessThanOrEqual(width);
      expect(box.top + box.height).toBeLessThanOrEqual(height);
    }
  });

  it.each([
    ["area", 0, (b: (typeof boxes)[number]) => (b.width * b.height) / (width * height)],
    ["shape", 1, (b: (typeof boxes)[number]) => Math.log(b.width / b.height)],
    ["left margin", 2, (b: (typeof boxes)[number]) => b.left / width],
  ] as const)("has torchvision's distribution of the %s", (_, column, measure) => {
    const sorted = boxes.map(measure).sort((a, b) => a - b);
    QUANTILES.forEach((q, i) => {
      // 20,000 draws on each side: a quantile's deviation is about 0.01 at the widest of these densities.
      const ours = sorted[Math.round(q * (sorted.length - 1))]!;
      expect(Math.abs(ours - expected[i]![column])).toBeLessThan(0.03);
    });
  });
});

describe("randomBox", () => {
  it("falls back to the largest central box of an allowed shape", () => {
    // Full area in a shape that does not fit: ten tries fail; torchvision: width round(60 · 4 / 3) = 80, left (200 - 80) / 2.
    expect(randomBox(key(0), { width: 200, height: 60 }, { scale: [1, 1] })).toEqual({
      left: 60,
      top: 0,
      width: 80,
      height: 60,
    });
    // round(30 / (3 / 4)) = 40, (100 - 40) / 2 = 30.
    expect(randomBox(key(0), { width: 30, height: 100 }, { scale: [1, 1] })).toEqual({
      left: 0,
      top: 30,
      width: 30,
      height: 40,
    });
  });

  it("takes the one pixel there is", () => {
    expect(randomBox(key(3), { width: 1, height: 1 })).toEqual({ left: 0, top: 0, width: 1, height: 1 });
  });
});

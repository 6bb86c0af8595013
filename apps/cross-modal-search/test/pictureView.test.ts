import type { Image, Preprocessing } from "@nearfar/formats";
import { normalize, preprocess } from "@nearfar/image-augmentation";
import { key } from "@nearfar/random";
import { describe, expect, it } from "vitest";
import { pictureView } from "../src/pictureView.ts";
import { shifted } from "../src/shifted.ts";

/** Red is the column, green the row, from 1 on. */
function picture(width: number, height: number): Image {
  const data = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.set([x + 1, y + 1, 0], 3 * (y * width + x));
  return { width, height, data };
}

const own = { size: 8, fit: "squash", resample: "bicubic", mean: [0.5, 0.5, 0.5], deviation: [0.3, 0.3, 0.3] } as const satisfies Preprocessing; // prettier-ignore
const off = { crop: [1, 1], flip: 0, shift: 0, jitter: 0 } as const;

describe("shifted", () => {
  it.each([
    [0, 0],
    [2, 1],
    [-1, -3],
    [4, 0],
    [0, -9],
  ])("moves by %i and %i on white", (right, down) => {
    const image = picture(4, 5);
    const { data } = shifted(image, right, down);
    for (let y = 0; y < 5; y++)
      for (let x = 0; x < 4; x++) {
        const [u, v] = [x - right, y - down];
        const inside = u >= 0 && u < 4 && v >= 0 && v < 5;
        expect([...data.subarray(3 * (4 * y + x), 3 * (4 * y + x) + 3)]).toEqual(inside ? [u + 1, v + 1, 0] : [255, 255, 255]); // prettier-ignore
      }
  });
});

describe("pictureView", () => {
  it.each([
    ["squash", 20, 12],
    ["crop", 16, 16],
    ["squash", 8, 8],
  ] as const)("is what an evaluation sees with all steps off: %s of %i x %i", (fit, width, height) => {
    const image = picture(width, height);
    const preprocessing = { ...own, fit };
    const view = pictureView(key(0), image, preprocessing, off);
    const { mean, deviation: std } = preprocessing;
    expect(normalize(view, { mean, std })).toEqual(preprocess(image, preprocessing));
  });

  it("crops, mirrors and moves by its key alone, and makes a line square", () => {
    const on = { crop: [0.3, 1], flip: 0.5, shift: 2, jitter: 0.5 } as const;
    const view = (seed: number) => pictureView(key(seed), picture(30, 20), own, on);
    expect(view(1)).toEqual(view(1));
    expect(view(1).data).not.toEqual(view(2).data);
    expect([view(1).width, view(1).height]).toEqual([8, 8]);
    const line = pictureView(key(0), picture(200, 1), { ...own, fit: "crop" }, off);
    expect(line.data).toHaveLength(8 * 8 * 3);
  });
});

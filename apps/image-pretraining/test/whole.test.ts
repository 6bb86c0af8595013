import type { Image } from "@nearfar/formats";
import { describe, expect, it } from "vitest";
import { whole } from "../src/whole.ts";

/** Red is the column, green the row. */
function picture(width: number, height: number): Image {
  const data = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.set([x % 256, y % 256, 0], 3 * (y * width + x));
  return { width, height, data };
}

const red = ({ width, data }: Image, x: number, y: number) => data[3 * (y * width + x)]!;

describe("whole", () => {
  it("leaves a picture of the size as it is", () => {
    const image = picture(32, 32);
    expect(whole(image, 32)).toBe(image);
  });

  it("takes the middle of a wide picture, all of its height", () => {
    const middle = whole(picture(64, 32), 32);
    expect([middle.width, middle.height]).toEqual([32, 32]);
    // Columns 16 to 47 of 64 are the middle 32.
    expect([red(middle, 0, 0), red(middle, 31, 0)]).toEqual([16, 47]);
  });

  it("takes seven eighths of the shorter side above 64 px, as 256 to 224 is usual", () => {
    const middle = whole(picture(256, 256), 224);
    // (256 - 224) / 2 = 16 columns are cut off on each side.
    expect([middle.width, red(middle, 0, 0), red(middle, 223, 0)]).toEqual([224, 16, 239]);
  });

  it("makes pictures of one pixel and of one line square", () => {
    for (const [width, height] of [
      [1, 1],
      [100_000, 1],
      [1, 100_000],
    ] as const) {
      const made = whole(picture(width, height), 32);
      expect([made.width, made.height, made.data.length]).toEqual([32, 32, 32 * 32 * 3]);
    }
  });
});

import type { Image } from "@nearfar/formats";
import {
  adjustBrightness,
  adjustContrast,
  adjustHue,
  adjustSaturation,
  centerCrop,
  colorJitter,
  crop,
  flip,
  gaussianBlur,
  grayscale,
  randomFlip,
  randomGaussianBlur,
  randomGrayscale,
  randomResizedCrop,
  randomSolarize,
  resize,
  resizedCrop,
  resizeShort,
  solarize,
} from "@nearfar/image-augmentation";
import { key, type Key } from "@nearfar/random";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { picture } from "./readGolden.ts";

const images = fc
  .record({ width: fc.integer({ min: 1, max: 12 }), height: fc.integer({ min: 1, max: 12 }) })
  .chain(({ width, height }) =>
    fc
      .uint8Array({ minLength: 3 * width * height, maxLength: 3 * width * height })
      .map((data): Image => ({ width, height, data })),
  );
const law = (predicate: (image: Image) => void) =>
  fc.assert(
    fc.property(images, (image) => {
      predicate(image);
    }),
    { numRuns: 60 },
  );

describe("laws", () => {
  it("flip twice is the identity", () => law((image) => expect(flip(flip(image))).toEqual(image)));

  it("factor 1 and shift 0 change nothing", () =>
    law((image) => {
      expect(adjustBrightness(image, 1)).toEqual(image);
      expect(adjustContrast(image, 1)).toEqual(image);
      expect(adjustSaturation(image, 1)).toEqual(image);
      expect(adjustHue(image, 0)).toEqual(image);
    }));

  it("half a turn of hue is the same either way", () =>
    law((image) => expect(adjustHue(image, 0.5)).toEqual(adjustHue(image, -0.5))));

  it("a hue turn keeps each pixel's largest and smallest value", () =>
    law((image) => {
      const turned = adjustHue(image, 0.27);
      for (let i = 0; i < image.data.length; i += 3) {
        const before = image.data.subarray(i, i + 3);
        const after = turned.data.subarray(i, i + 3);
        expect([Math.max(...after), Math.min(...after)]).toEqual([Math.max(...before), Math.min(...before)]);
      }
    }));

  it("no saturation is gray, and grayscale has three equal channels", () =>
    law((image) => {
      const gray = grayscale(image);
      expect(adjustSaturation(image, 0)).toEqual(gray);
      gray.data.forEach((value, i) => expect(value).toBe(gray.data[3 * Math.floor(i / 3)]));
    }));

  it("solarize at 0 twice is the identity, above 255 once", () =>
    law((image) => {
      expect(solarize(solarize(image, 0), 0)).toEqual(image);
      expect(solarize(image, 256)).toEqual(image);
    }));

  it("a picture of one colour stays so under blur and resize", () => {
    const one: Image = { width: 5, height: 9, data: new Uint8Array(135).fill(173) };
    for (const sigma of [0.1, 0.7, 2])
      // wider than the picture: mirrored again and again
      expect(gaussianBlur(one, { sigma, kernel: 23 })).toEqual(one);
    for (const filter of ["bilinear", "bicubic"] as const)
      expect(new Set(resize(one, { width: 14, height: 3, filter }).data)).toEqual(new Set([173]));
  });

  it("blur of a mirrored picture is the mirrored blur", () =>
    law((image) => {
      const options = { sigma: 1.1, kernel: 5 };
      const there = gaussianBlur(flip(image), options).data;
      const back = flip(gaussianBlur(image, options)).data;
      there.forEach((value, i) => expect(Math.abs(value - back[i]!)).toBeLessThanOrEqual(1)); // sums round in another order
    }));

  it("resizedCrop is resize after crop, and a crop at its own size", () =>
    fc.assert(
      fc.property(images, fc.nat(), fc.nat(), (image, a, b) => {
        const left = a % image.width;
        const top = b % image.height;
        const box = { left, top, width: image.width - left, height: image.height - top };
        const size = { width: 1 + (b % 9), height: 1 + (a % 9) };
        expect(resizedCrop(image, box, size)).toEqual(resize(crop(image, box), size));
        expect(resizedCrop(image, box, box)).toEqual(crop(image, box));
      }),
      { numRuns: 60 },
    ));

  it("resizes the same after more sizes than its tables are kept for", () => {
    const image = picture("natural");
    const before = resize(image, { width: 13, height: 17 });
    const line: Image = { width: 700, height: 1, data: new Uint8Array(2100) };
    for (let width = 1; width <= 600; width++) resize(line, { width, height: 1 });
    expect(resize(image, { width: 13, height: 17 })).toEqual(before);
  });

  it("pixel operations work in place", () => {
    const image = picture("random");
    const own = { ...image, data: image.data.slice() };
    expect(adjustHue(own, 0.2, { into: own.data }).data).toBe(own.data);
    expect(own).toEqual(adjustHue(image, 0.2));
    expect(adjustSaturation(own, 0.3, { into: own.data })).toEqual(adjustSaturation(adjustHue(image, 0.2), 0.3));
  });
});

// One suite for every random operation: with which options, and where its probability goes.
type RandomOperation = (key: Key, image: Image, probability: number) => Image;
const jitter = { brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1 };
const random: Record<string, RandomOperation> = {
  colorJitter: (key, image, probability) => colorJitter(key, image, { ...jitter, probability }),
  randomFlip: (key, image, probability) => randomFlip(key, image, { probability }),
  randomGaussianBlur: (key, image, probability) => randomGaussianBlur(key, image, { kernel: 5, probability }),
  randomGrayscale: (key, image, probability) => randomGrayscale(key, image, { probability }),
  randomSolarize: (key, image, probability) => randomSolarize(key, image, { probability }),
};

describe.each(Object.entries(random))("%s", (_, operation) => {
  const image = picture("natural");

  it("returns its input at probability 0", () => {
    for (let seed = 0; seed < 50; seed++) expect(operation(key(seed), image, 0)).toBe(image);
  });

  it("is a function of its key, and leaves its input alone", () => {
    const before = image.data.slice();
    for (let seed = 0; seed < 20; seed++)
      expect(operation(key(seed), image, 1)).toEqual(operation(key(seed), image, 1));
    expect(image.data).toEqual(before);
  });

  it("happens as often as asked", () => {
    let changed = 0;
    for (let seed = 0; seed < 400; seed++) if (operation(key(seed), image, 0.3) !== image) changed++;
    // Binomial(400, 0.3): mean 120, deviation 9.2; the bounds are four deviations away.
    expect(changed).toBeGreaterThan(83);
    expect(changed).toBeLessThan(157);
  });
});

describe("different keys", () => {
  it.each([
    ["colorJitter", (k: Key, image: Image) => colorJitter(k, image, jitter)],
    [
      "randomGaussianBlur",
      (k: Key, image: Image) => randomGaussianBlur(k, image, { kernel: 9, probability: 1, sigma: [0.5, 2] }),
    ],
    ["randomResizedCrop", (k: Key, image: Image) => randomResizedCrop(k, image, { size: 16 })],
  ])("%s gives different pictures", (_, operation) => {
    const results = Array.from({ length: 20 }, (_, seed) => operation(key(seed), picture("natural")).data.join());
    expect(new Set(results).size).toBe(20);
  });
});

describe("mistakes are named", () => {
  const image = picture("tiny"); // 7x5
  it.each([
    ["a box outside", () => crop(image, { left: 3, top: 0, width: 5, height: 5 }), "crop: the box lies inside"],
    ["a broken pixel", () => crop(image, { left: 0.5, top: 0, width: 5, height: 5 }), "in whole pixels"],
    ["no size", () => resize(image, { width: 0, height: 4 }), "at least 1; got 0x4"],
    ["a negative factor", () => adjustBrightness(image, -1), "adjustBrightness: the factor is at least 0"],
    ["no factor", () => adjustContrast(image, NaN), "adjustContrast: the factor is at least 0"],
    ["degrees", () => adjustHue(image, 90), "in turns, from -0.5 to 0.5; got 90"],
    ["an even kernel", () => gaussianBlur(image, { sigma: 1, kernel: 4 }), "odd number of taps; got 4"],
    ["no sigma", () => gaussianBlur(image, { sigma: 0, kernel: 3 }), "sigma is positive; got 0"],
    ["a crop too large", () => centerCrop(image, 6), "got 6 in 7x5"],
    ["too much hue", () => colorJitter(key(0), image, { hue: 0.6 }), "from 0 to 0.5; got 0.6"],
    ["an empty range", () => randomResizedCrop(key(0), image, { size: 4, scale: [0.5, 0.1] }), "got [0.5, 0.1]"],
  ])("%s", (_, mistake, message) => {
    expect(mistake).toThrow(RangeError);
    expect(mistake).toThrow(message);
  });
});

it("resizeShort keeps the shape", () => {
  const { width, height } = resizeShort({ width: 500, height: 375, data: new Uint8Array(562500) }, 256);
  expect([width, height]).toEqual([341, 256]); // torchvision: int(256 · 500 / 375) = 341
});

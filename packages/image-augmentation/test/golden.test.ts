import type { Image } from "@nearfar/formats";
import {
  adjustBrightness,
  adjustContrast,
  adjustHue,
  adjustSaturation,
  centerCrop,
  crop,
  flip,
  gaussianBlur,
  grayscale,
  normalize,
  resize,
  resizedCrop,
  resizeShort,
  solarize,
} from "@nearfar/image-augmentation";
import { describe, expect, it } from "vitest";
import { golden, picture, toImage, type Parameters } from "./readGolden.ts";

// Every expected byte comes from torchvision 0.29.1 (v2 functional, uint8 tensors): test/golden/make.py.

const operations: Record<string, (image: Image, parameters: Parameters) => Image> = {
  adjustBrightness: (image, { factor }) => adjustBrightness(image, factor),
  adjustContrast: (image, { factor }) => adjustContrast(image, factor),
  adjustHue: (image, { shift }) => adjustHue(image, shift),
  adjustSaturation: (image, { factor }) => adjustSaturation(image, factor),
  centerCrop: (image, { size }) => centerCrop(image, size),
  crop,
  flip,
  gaussianBlur,
  grayscale: (image) => grayscale(image),
  resize,
  resizedCrop: (image, { side, filter, ...box }) => resizedCrop(image, box, { width: side, height: side }, { filter }),
  resizeShort: (image, { size }) => resizeShort(image, size),
  solarize: (image, { threshold }) => solarize(image, threshold),
};

// Blur and hue are float32 sums there and float64 here: a rounding may fall on the other side. All else is exact.
const mostDifference = (operation: string) => (operation === "gaussianBlur" || operation === "adjustHue" ? 1 : 0);

describe.each(Object.keys(operations))("%s equals torchvision's", (operation) => {
  const cases = golden.cases.filter((c) => c.operation === operation);

  it("has golden cases", () => expect(cases.length).toBeGreaterThan(2));

  it.each(cases.map((c) => [c.picture, JSON.stringify(c.parameters), c] as const))("%s %s", (name, _, stored) => {
    const input = picture(name);
    const before = input.data.slice();
    const result = operations[operation]!(input, stored.parameters);
    const expected = toImage(stored);
    expect([result.width, result.height]).toEqual([expected.width, expected.height]);
    expect(result.data.length).toBe(expected.data.length);
    const differences = expected.data.map((value, i) => Math.abs(value - result.data[i]!));
    expect(Math.max(...differences)).toBeLessThanOrEqual(mostDifference(operation));
    expect(input.data).toEqual(before);
  });
});

it("covers every operation of the golden file", () => {
  expect([...new Set(golden.cases.map((c) => c.operation))].sort()).toEqual(Object.keys(operations).sort());
});

it("normalize equals torchvision's for every byte in every channel", () => {
  const { mean, std, data } = golden.normalize;
  const bytes = Uint8Array.from({ length: 768 }, (_, i) => Math.floor(i / 3));
  const expected = new Float32Array(new Uint8Array(Buffer.from(data, "base64")).buffer);
  expect(normalize({ width: 256, height: 1, data: bytes }, { mean, std })).toEqual(expected);
});

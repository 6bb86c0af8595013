import { normalize } from "@nearfar/image-augmentation";
import { expect, it } from "vitest";

const image = { width: 2, height: 1, data: Uint8Array.of(0, 128, 255, 51, 102, 204) };

it("writes into a batch at an offset and returns it", () => {
  const batch = new Float32Array(12).fill(7);
  expect(normalize(image, { mean: [0, 0, 0], std: [1, 1, 1], into: batch, offset: 6 })).toBe(batch);
  expect([...batch.subarray(0, 6)]).toEqual(Array(6).fill(7));
  [0, 128 / 255, 1, 0.2, 0.4, 0.8].forEach((value, i) => expect(batch[6 + i]).toBeCloseTo(value, 6)); // x / 255
});

it("follows a change of mean and standard deviation", () => {
  const half = normalize(image, { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] });
  expect([half[0], half[2]]).toEqual([-1, 1]); // (0 - 1/2) / (1/2), (1 - 1/2) / (1/2)
  // ImageNet's numbers, (0 - .485) / .229 and (1 - .406) / .225, in float32
  expect(normalize(image)[0]).toBeCloseTo(-2.117904, 5);
  expect(normalize(image)[2]).toBeCloseTo(2.64, 5);
});

it("refuses an output that is too short", () => {
  expect(() => normalize(image, { into: new Float32Array(6), offset: 1 })).toThrow("got 6 numbers for 2x1x3 from 1");
});

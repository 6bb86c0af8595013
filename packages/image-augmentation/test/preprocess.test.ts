import { readFileSync } from "node:fs";
import type { Preprocessing } from "@nearfar/formats";
import { decodeImage, preprocess } from "@nearfar/image-augmentation";
import { describe, expect, it } from "vitest";

interface Case {
  picture: string;
  kind: string;
  preprocessing: Preprocessing;
  values: string;
  pillow: string;
}

const at = (name: string) => new URL(`golden/${name}`, import.meta.url);
// Source: golden/makePreprocess.py, transformers 5.24.0 on torchvision 0.29.1, and Pillow 12.3.0.
const { cases } = JSON.parse(readFileSync(at("preprocess.json"), "utf8")) as { cases: Case[] };
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, "base64"));
const picture = (name: string) => decodeImage(readFileSync(at(`${name}.png`)));

describe.each(cases)("preprocess: $picture for $kind", ({ picture: name, preprocessing, values, pillow }) => {
  it("equals transformers' on torchvision", async () => {
    const expected = new Float32Array(bytesOf(values).buffer);
    const got = preprocess(await picture(name), preprocessing);
    expect(got.length).toBe(expected.length);
    // The bytes are the same; dividing and normalizing them in one step, as transformers does, rounds differently.
    const errors = got.map((value, i) => Math.abs(value - expected[i]!));
    expect(Math.max(...errors)).toBeLessThan(1e-6);
  });

  it("is within a byte of Pillow's, and mostly equal", async () => {
    const plain = { ...preprocessing, mean: [0, 0, 0], deviation: [1 / 255, 1 / 255, 1 / 255] } as const;
    const got = preprocess(await picture(name), plain);
    const expected = bytesOf(pillow);
    const off = got.map((value, i) => Math.abs(Math.round(value) - expected[i]!));
    expect(Math.max(...off)).toBeLessThanOrEqual(1);
    // PyTorch has 15 bits a weight where Pillow has 22; Pillow 12 squashes a tall picture rows first, PyTorch columns first.
    expect(off.filter((value) => value > 0).length / off.length).toBeLessThan(0.25);
  });
});

describe("preprocess", () => {
  it("writes into a batch", async () => {
    const { preprocessing } = cases[0]!;
    const image = await picture("small");
    const into = new Float32Array(2 * 24 * 24 * 3).fill(7);
    expect(preprocess(image, preprocessing, { into, offset: 24 * 24 * 3 })).toBe(into);
    expect(into.subarray(24 * 24 * 3)).toEqual(preprocess(image, preprocessing));
    expect(new Set(into.subarray(0, 24 * 24 * 3))).toEqual(new Set([7]));
  });

  it("keeps the middle of a picture whose sides differ, and all of it where it is squashed", () => {
    // Black but for a white column at the left: it is outside the middle square.
    const data = new Uint8Array(3 * 12 * 4);
    for (let y = 0; y < 4; y++) data.fill(255, 3 * 12 * y, 3 * 12 * y + 3);
    const form = { size: 4, resample: "bilinear", mean: [0, 0, 0], deviation: [1, 1, 1] } as const;
    const sum = (fit: "crop" | "squash") => preprocess({ width: 12, height: 4, data }, { ...form, fit }).reduce((a, b) => a + b, 0); // prettier-ignore
    expect(sum("crop")).toBe(0);
    expect(sum("squash")).toBeGreaterThan(0);
  });

  it("takes no gigabytes for a strip of a pixel's width", () => {
    // Resized whole to a width of 24 it would be 24 x 24,000,000 pixels: 1.7 GB.
    const strip = { width: 1, height: 1_000_000, data: new Uint8Array(3_000_000).fill(255) };
    const form = { size: 24, fit: "crop", resample: "bicubic", mean: [0, 0, 0], deviation: [1, 1, 1] } as const;
    expect(new Set(preprocess(strip, form))).toEqual(new Set([1]));
  });
});

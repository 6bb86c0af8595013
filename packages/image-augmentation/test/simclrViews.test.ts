import {
  adjustBrightness,
  adjustContrast,
  adjustHue,
  adjustSaturation,
  colorJitter,
  grayscale,
  randomBox,
  randomFlip,
  randomResizedCrop,
  simclrCifar,
  simclrViews,
} from "@nearfar/image-augmentation";
import { bernoulli, key, permutation, uniform } from "@nearfar/random";
import { describe, expect, it } from "vitest";
import { picture } from "./readGolden.ts";

const image = picture("natural");

describe("simclrViews", () => {
  it("gives as many views of the size as asked", () => {
    const views = simclrViews({ size: 24, views: 3 })(key(0), image);
    expect(views.map(({ width, height, data }) => [width, height, data.length])).toEqual(Array(3).fill([24, 24, 1728]));
  });

  it("gives the same bytes for a key, others for another, and two different views", () => {
    const recipe = simclrViews(simclrCifar);
    expect(recipe(key(1), image)).toEqual(recipe(key(1), image));
    expect(recipe(key(1), image)).not.toEqual(recipe(key(2), image));
    const [left, right] = recipe(key(1), image);
    expect(left).not.toEqual(right);
  });

  it("never writes its input", () => {
    const before = image.data.slice();
    for (let seed = 0; seed < 30; seed++) simclrViews({ size: 32 })(key(seed), image);
    expect(image.data).toEqual(before);
  });

  it("draws each operation from its own key: without blur, all before it is the same", () => {
    for (let seed = 0; seed < 20; seed++) {
      const sharp = simclrViews({ size: 24, blur: 0 })(key(seed), image);
      const blurred = simclrViews({ size: 24, blur: 0.5 })(key(seed), image);
      sharp.forEach((view, v) => {
        if (!bernoulli(key(seed).fold(v).fold("blur").fold("apply"), 0.5)) expect(blurred[v]).toEqual(view);
        else expect(blurred[v]).not.toBe(view);
      });
    }
  });

  it("is SimCLR's list of operations, step by step", () => {
    // A transcription of Chen et al. 2020, appendix A: crop, flip .5, jitter .8 (of .8 .8 .8 .2 times the strength), gray .2.
    for (let seed = 0; seed < 40; seed++) {
      const view = key(seed).fold(1);
      let expected = randomResizedCrop(view.fold("crop"), image, { size: 32, scale: [0.08, 1] });
      expected = randomFlip(view.fold("flip"), expected, { probability: 0.5 });
      expected = colorJitter(view.fold("jitter"), expected, {
        probability: 0.8,
        brightness: 0.4,
        contrast: 0.4,
        saturation: 0.4,
        hue: 0.1,
      });
      if (bernoulli(view.fold("grayscale"), 0.2)) expected = grayscale(expected);
      expect(simclrViews(simclrCifar)(key(seed), image)[1]).toEqual(expected);
    }
  });

  it("passes the crop's range on", () => {
    const whole = simclrViews({ size: 32, scale: [0.9, 1], blur: 0, views: 1 });
    const box = randomBox(key(4).fold(0).fold("crop"), image, { scale: [0.9, 1] });
    expect(box.width * box.height).toBeGreaterThan(0.85 * image.width * image.height);
    expect(whole(key(4), image)).toHaveLength(1);
  });
});

describe("colorJitter", () => {
  it("applies the four in the drawn order, factors in [max(0, 1 - s), 1 + s]", () => {
    for (let seed = 0; seed < 30; seed++) {
      const k = key(seed);
      const factor = (name: string, s: number) => uniform(k.fold(name), { min: Math.max(0, 1 - s), max: 1 + s });
      const steps = [
        (x: typeof image) => adjustBrightness(x, factor("brightness", 0.8)),
        (x: typeof image) => adjustContrast(x, factor("contrast", 1.5)),
        (x: typeof image) => adjustSaturation(x, factor("saturation", 0.8)),
        (x: typeof image) => adjustHue(x, uniform(k.fold("hue"), { min: -0.2, max: 0.2 })),
      ];
      const expected = [...permutation(k.fold("order"), 4)].reduce((x, step) => steps[step]!(x), image);
      const options = { brightness: 0.8, contrast: 1.5, saturation: 0.8, hue: 0.2 };
      expect(colorJitter(k, image, options)).toEqual(expected);
    }
  });

  it("leaves out what has strength 0, without moving the others' numbers", () => {
    const factor = uniform(key(5).fold("saturation"), { min: 0.5, max: 1.5 });
    expect(colorJitter(key(5), image, { saturation: 0.5 })).toEqual(adjustSaturation(image, factor));
  });
});

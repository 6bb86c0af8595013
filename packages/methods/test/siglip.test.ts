import { sigmoid } from "@nearfar/losses";
import { lockedTower, siglip, type SiglipOptions } from "@nearfar/methods";
import { key } from "@nearfar/random";
import { leaves, loadEngine, tf, type Tensor2D } from "@nearfar/tensor";
import { relativeError } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { methodContract } from "../../../test/contracts/method.ts";
import { nearRows, noisyCaptions, noisyRows } from "./noisyPairs.ts";
import { noisyTowers } from "./noisyTowers.ts";
import { pairGolden } from "./pairGolden.ts";
import { expectTrajectory } from "./trajectory.ts";

beforeAll(() => void loadEngine());

const { ofRows } = noisyTowers;
const rowsWith = (columns: number, step: number | string, chosen?: number[]) => ({
  images: noisyRows(`pixels ${step}`, 20, chosen),
  texts: noisyCaptions(step, columns, chosen),
});

describe("siglip, against open_clip", () => {
  it.each([
    { name: "siglip", columns: 1, rate: 0.05 },
    { name: "siglip, two captions, groups", columns: 2, rate: 0.02, grouped: true },
  ])("$name: takes three steps to the same losses, weights, scale and bias", ({ name, columns, rate, grouped }) => {
    const groups = () => tf.tensor1d([0, 1, 0, 2], "int32"); // golden/make_pairs.py
    const batch = (step: number) => ({ ...rowsWith(columns, step), ...(grouped && { groups: groups() }) });
    expectTrajectory(siglip(ofRows), pairGolden(name), { batch, rate, momentum: 0 });
  });
});

describe("siglip", () => {
  it("is the sigmoid loss of its towers at temperature 1/10 and bias -10 unless told, and logs scale and bias", () => {
    const { images, texts } = nearRows(1);
    const defaults = { temperature: 0.1, bias: -10 }; // Zhai et al. 2023, section 3.2
    for (const options of [{}, { temperature: 0.3, bias: -2 }] as Partial<SiglipOptions<Tensor2D, Tensor2D>>[]) {
      const method = siglip({ image: lockedTower(16), text: lockedTower(16), ...options });
      const { params } = method.init(key(0));
      const z = method.embed(params, {}, { images, texts }, { training: false });
      const { loss, log } = method.objective(params, {}, z);
      const told = { ...defaults, ...options };
      expect(relativeError(loss.dataSync(), sigmoid(images, texts, told).dataSync())).toBeLessThan(1e-6);
      expect(relativeError(log.scale!.dataSync(), [1 / told.temperature!])).toBeLessThan(1e-6);
      expect(log.bias!.dataSync()[0]).toBe(told.bias);
    }
  });

  it("keeps its scale, and lets its bias go where it goes", () => {
    const method = siglip(ofRows);
    const { params } = method.init(key(0));
    const after = method.afterStep!({ ...params, logScale: tf.scalar(7), bias: tf.scalar(-40) }, {});
    const of = (path: string) => leaves(after.params).get(path)!.dataSync()[0]!;
    expect([of("logScale"), of("bias")]).toEqual([Math.fround(Math.log(100)), -40]); // open_clip's train.py
  });
});

methodContract("siglip", () => siglip(ofRows), {
  batch: () => rowsWith(2, "x"),
  parts: () => [rowsWith(2, "x", [0, 1]), rowsWith(2, "x", [2, 3])],
});

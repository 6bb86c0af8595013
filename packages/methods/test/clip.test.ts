import { staticEmbedding } from "@nearfar/encoders";
import { symmetric } from "@nearfar/losses";
import { clip, lockedTower, type ClipOptions } from "@nearfar/methods";
import { adamW, sgd } from "@nearfar/optimizers";
import { key } from "@nearfar/random";
import { leaves, loadEngine, tf, type Params, type Tensor2D } from "@nearfar/tensor";
import { relativeError } from "@nearfar/testing";
import { trainStep, type TrainingState } from "@nearfar/trainer";
import { beforeAll, describe, expect, it } from "vitest";
import { methodContract } from "../../../test/contracts/method.ts";
import { nearRows, noisyCaptions, noisyPictures, noisyRows } from "./noisyPairs.ts";
import { noisyTowers } from "./noisyTowers.ts";
import { pairGolden } from "./pairGolden.ts";
import { expectTrajectory } from "./trajectory.ts";

beforeAll(() => void loadEngine());

const { ofPictures, ofRows } = noisyTowers;
const locked = { image: lockedTower(16), text: lockedTower(16) };
const groups = () => tf.tensor1d([0, 1, 0, 2], "int32"); // golden/make_pairs.py
const rowsWith = (columns: number, step: number | string, chosen?: number[]) => ({
  images: noisyRows(`pixels ${step}`, 20, chosen),
  texts: noisyCaptions(step, columns, chosen),
});

describe("clip, against open_clip", () => {
  it("takes three steps to the same losses, weights, running statistics and scale", () => {
    const batch = (step: number) => ({ images: noisyPictures(`pictures ${step}`), texts: noisyCaptions(step) });
    expectTrajectory(clip(ofPictures), pairGolden("clip"), { batch, rate: 0.01, momentum: 0 });
  });

  it.each([
    { name: "clip from scale 100", temperature: 0.01, columns: 1, rate: 0.005 },
    { name: "clip, two captions", columns: 2, rate: 0.05 },
    { name: "clip, two captions, groups", columns: 2, rate: 0.05, grouped: true },
  ])("$name: takes three steps to the same", ({ name, temperature, columns, rate, grouped }) => {
    const batch = (step: number) => ({ ...rowsWith(columns, step), ...(grouped && { groups: groups() }) });
    const method = clip({ ...ofRows, ...(temperature && { temperature }) });
    expectTrajectory(method, pairGolden(name), { batch, rate, momentum: 0 });
  });

  it("keeps its scale between 1 and 100 where batches drive it beyond both", () => {
    const method = clip({ ...locked, temperature: 0.2 });
    const options = { batch: nearRows, rate: 10, momentum: 0 };
    expectTrajectory(method, pairGolden("scale alone"), options);
    expect(scalesOf(method, options)).toEqual([100, 1]); // make_pairs.py: driven to ln 100, then to 0
  });
});

/** The scale after the first step, and after the second. */
function scalesOf(method: ReturnType<typeof clip<Tensor2D, Tensor2D>>, { rate }: { rate: number }): number[] {
  const parts = { method: method as never, optimizer: sgd({ momentum: 0 }) };
  const { params } = method.init(key(0));
  let current: TrainingState = { params, state: {}, slots: parts.optimizer.init(params) };
  return [0, 1].map((step) => {
    current = trainStep(parts, current, nearRows(step), { rate, key: key(0) }).next;
    return Math.round(Math.exp(scaleOf(current.params)) * 1e4) / 1e4;
  });
}

const scaleOf = (params: Params) => leaves(params).get("logScale")!.dataSync()[0]!;

describe("clip", () => {
  const lossOf = (options: Partial<ClipOptions<Tensor2D, Tensor2D>> = {}) => {
    const method = clip({ ...locked, ...options });
    const { params } = method.init(key(0));
    const z = method.embed(params, {}, nearRows(1), { training: false });
    return method.objective(params, {}, z);
  };

  it("is the symmetric loss of its towers at temperature 0.07 unless told, and logs the scale", () => {
    const { images, texts } = nearRows(1);
    for (const temperature of [undefined, 0.5]) {
      const { loss, log } = lossOf(temperature ? { temperature } : {});
      const exact = symmetric(images, texts, { temperature: temperature ?? 0.07 }); // Radford et al. 2021, section 2.5
      expect(relativeError(loss.dataSync(), exact.dataSync())).toBeLessThan(1e-6);
      expect(relativeError(log.scale!.dataSync(), [1 / (temperature ?? 0.07)])).toBeLessThan(1e-6);
    }
  });

  it("leaves its scale out of the weight decay of matrices, and in that of all", () => {
    // The embeddings of equal rows are equal: no gradient moves the scale, only decay does.
    const equal = { images: tf.ones([4, 16]) as Tensor2D, texts: tf.ones([4, 16]) as Tensor2D };
    for (const make of [sgd, adamW])
      for (const decay of ["matrices", "all"] as const) {
        const parts = { method: clip(locked) as never, optimizer: make({ weightDecay: 0.2, decay }) };
        const { params } = clip(locked).init(key(0));
        const current = { params, state: {}, slots: parts.optimizer.init(params) };
        const { next } = trainStep(parts, current, equal, { rate: 0.1, key: key(0) });
        const moved = Math.abs(scaleOf(next.params) - scaleOf(params));
        if (decay === "all")
          expect(moved).toBeGreaterThan(1e-2); // 0.1 · 0.2 · ln(1 / 0.07)
        else expect(moved).toBeLessThan(1e-5);
      }
  });

  it("does not care in which order pictures stand, and does which caption is whose", () => {
    const method = clip(ofRows);
    const { params } = method.init(key(1));
    const loss = (order: number[], texts = order) => {
      const batch = { images: rowsWith(2, 0, order).images, texts: noisyCaptions(0, 2, texts) };
      return method.objective(params, {}, method.embed(params, {}, batch, { training: false })).loss.dataSync()[0]!;
    };
    expect(loss([2, 0, 3, 1])).toBeCloseTo(loss([0, 1, 2, 3]), 5);
    expect(Math.abs(loss([0, 1, 2, 3], [1, 0, 2, 3]) - loss([0, 1, 2, 3]))).toBeGreaterThan(1e-2);
  });

  it("watches pictures and first captions", () => {
    const method = clip(ofRows);
    const { params } = method.init(key(1));
    const z = method.embed(params, {}, rowsWith(2, 0), { training: false });
    const watched = method.watched(z);
    expect(watched.shape).toEqual([8, 16]);
    expect(watched.dataSync().slice(64)).toEqual(z.texts[0]!.dataSync());
  });

  it("names its weights by tower, where there are any", () => {
    const paths = (params: Params) => [...leaves(params).keys()].filter((path) => !path.includes("layers"));
    expect(paths(clip(ofRows).init(key(0)).params)).toEqual([
      "image.projection.weight",
      "text.encoder.embedding.weight",
      "text.projection.weight",
      "logScale",
    ]);
    expect(Object.keys(clip(locked).init(key(0)).params)).toEqual(["logScale"]);
  });

  it("refuses what does not meet, and a temperature that would not be kept", () => {
    const bare = { image: lockedTower(16), text: staticEmbedding({ vocabularySize: 9, dimensions: 8 }) };
    expect(() => clip(bare)).toThrow(
      "Two towers end in one space; got 16 dimensions for pictures and 8 for texts. Is a projection missing?",
    );
    const method = clip(ofRows);
    const { params } = method.init(key(0));
    const batch = { images: noisyRows("pixels 0", 20), texts: noisyCaptions(0, 1, [0, 1, 2]) };
    expect(() => method.embed(params, {}, batch, { training: false })).toThrow(
      "Each picture has one text, or as many as every other; got 4 pictures and 3 texts. Was a pair dropped on one side?",
    );
    for (const temperature of [0, 0.005, 2, NaN])
      expect(() => clip({ ...locked, temperature }).init(key(0))).toThrow(
        `A temperature that learns starts between 0.01 and 1, where it is kept; got ${temperature}. CLIP's is 0.07.`,
      );
  });
});

const pictures = (chosen?: number[]) => ({
  images: noisyPictures("pictures", chosen),
  texts: noisyCaptions("x", 1, chosen),
});
methodContract("clip", () => clip(ofPictures), {
  batch: () => pictures(),
  parts: () => [pictures([0, 1]), pictures([2]), pictures([3])],
});

const grouped = (chosen: number[]) => ({
  ...rowsWith(2, "x", chosen),
  groups: tf.tensor1d(
    chosen.map((i) => [0, 1, 0, 2][i]!),
    "int32",
  ),
});
methodContract("clip-captions", () => clip(ofRows), {
  batch: () => grouped([0, 1, 2, 3]),
  parts: () => [grouped([0, 1]), grouped([2, 3])],
});

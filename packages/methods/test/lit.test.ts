import { convNet, mlp, projection } from "@nearfar/encoders";
import { lit, lockedTower, type PairBatch } from "@nearfar/methods";
import { key } from "@nearfar/random";
import { leaves, loadEngine, tf, type Tensor2D } from "@nearfar/tensor";
import { beforeAll, describe, expect, it } from "vitest";
import { methodContract } from "../../../test/contracts/method.ts";
import { noisyPictures, noisyRows } from "./noisyPairs.ts";
import { pairGolden } from "./pairGolden.ts";
import { expectTrajectory } from "./trajectory.ts";

beforeAll(() => void loadEngine());

const lockedPictures = () =>
  lit({
    image: lockedTower(16),
    imageProjection: projection(16, 12),
    text: mlp([20, 24]),
    textProjection: projection(24, 12),
  });
const lockedTexts = () => lit({ image: convNet(), imageProjection: projection(128, 16), text: lockedTower(16) });

const ofLockedPictures = (step: number | string, chosen?: number[]) => ({
  images: noisyRows(`features ${step}`, 16, chosen),
  texts: noisyRows(`words ${step}`, 20, chosen),
});
const ofLockedTexts = (step: number | string, chosen?: number[]) => ({
  images: noisyPictures(`pictures ${step}`, chosen),
  texts: noisyRows(`features ${step}`, 16, chosen),
});

describe("lit, against open_clip", () => {
  // open_clip decays matrices, and no biases, norms and scale.
  const optimizer = { momentum: 0.9, weightDecay: 0.05, decay: "matrices" } as const;

  it("takes three steps to the same with its pictures locked, both projections learning", () => {
    const options = { batch: ofLockedPictures, rate: 0.05, ...optimizer };
    expectTrajectory(lockedPictures(), pairGolden("lit, locked pictures"), options);
  });

  it("takes three steps to the same with its texts locked, in whose space pictures end", () => {
    expectTrajectory(lockedTexts(), pairGolden("lit, locked texts"), {
      batch: ofLockedTexts,
      rate: 0.01,
      ...optimizer,
    });
  });
});

describe("lit", () => {
  it("has no weights of a locked tower, and sends it no gradient", () => {
    const method = lockedPictures();
    const { params } = method.init(key(1));
    expect([...leaves(params).keys()].filter((path) => path.startsWith("image"))).toEqual(["image.projection.weight"]);
    const gradientsOf = (batch: PairBatch<Tensor2D, Tensor2D>) => {
      const loss = () =>
        method.objective(params, {}, method.embed(params, {}, batch, { training: false })).loss as tf.Scalar;
      return tf.engine().gradients(loss, [batch.images, batch.texts], undefined, true).grads;
    };
    const [images, texts] = gradientsOf(ofLockedPictures(0));
    expect(images ?? "none").toBe("none");
    expect(texts).toBeDefined(); // what the other tower takes has one
  });

  it("asks for one locked tower, and its features", () => {
    expect(() => lit({ image: convNet(), text: mlp([20, 128]) })).toThrow(
      "lit: one of two towers is lockedTower(features); got 0. Without one it is clip.",
    );
    expect(() => lit({ image: lockedTower(8), text: lockedTower(8) })).toThrow("got 2.");
    const method = lockedTexts();
    const { params } = method.init(key(1));
    const batch = { ...ofLockedTexts(0), texts: noisyRows("other", 20) };
    expect(() => method.embed(params, {}, batch, { training: false })).toThrow(
      "lockedTower: a locked tower's batch is its features, [n, 16]; got [4, 20].",
    );
  });
});

methodContract("lit", lockedPictures, {
  batch: () => ofLockedPictures("x"),
  parts: () => [ofLockedPictures("x", [0, 1]), ofLockedPictures("x", [2, 3])],
});
methodContract("lit-locked-texts", lockedTexts, {
  batch: () => ofLockedTexts("x"),
  parts: () => [ofLockedTexts("x", [0]), ofLockedTexts("x", [1, 2, 3])],
});

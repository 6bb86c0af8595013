import { simclrHead } from "@nearfar/encoders";
import { clip, simclr, slip, type SlipOptions } from "@nearfar/methods";
import { key } from "@nearfar/random";
import { loadEngine, tf, type Params } from "@nearfar/tensor";
import { relativeError } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { methodContract } from "../../../test/contracts/method.ts";
import { noisyCaptions, noisyPictures } from "./noisyPairs.ts";
import { noisyTowers } from "./noisyTowers.ts";
import { pairGolden } from "./pairGolden.ts";
import { expectTrajectory } from "./trajectory.ts";

beforeAll(() => void loadEngine());

const { ofPictures } = noisyTowers;
const projector = simclrHead(128, { hidden: 32, out: 16 });
const make = (options: Partial<SlipOptions> = {}) => slip({ ...ofPictures, projector, ...options });

const batchOf = (step: number | string, columns = 1, chosen?: number[]) => ({
  images: noisyPictures(`pictures ${step}`, chosen),
  texts: noisyCaptions(step, columns, chosen),
  views: tf.concat([noisyPictures(`left ${step}`, chosen), noisyPictures(`right ${step}`, chosen)], 0),
});

describe("slip, against open_clip and lightly", () => {
  it("takes three steps to the same losses, weights, running statistics and scale", () => {
    expectTrajectory(make(), pairGolden("slip"), { batch: batchOf, rate: 0.01, momentum: 0 });
  });
});

describe("slip", () => {
  const mode = { training: false } as const;

  it("is clip and simclr on the same tower, with weight 1 and temperature 0.1 unless told, and logs both", () => {
    const batch = batchOf(0, 2);
    for (const options of [{}, { weight: 0.5, viewTemperature: 0.4 }]) {
      const { weight, viewTemperature } = { weight: 1, viewTemperature: 0.1, ...options }; // Mu et al. 2022, facebookresearch/SLIP
      const method = make(options);
      const { params } = method.init(key(1));
      const { loss, log } = method.objective(params, {}, method.embed(params, {}, batch, mode));
      const [pairs, views] = [
        clip(ofPictures),
        simclr({ encoder: ofPictures.image, projector, temperature: viewTemperature }),
      ];
      const contrastive = pairs.objective(params, {}, pairs.embed(params, {}, batch, mode)).loss.dataSync()[0]!;
      const own = { encoder: (params.image as Params).encoder!, projector: params.projector! };
      const ssl = views.objective(own, {}, views.embed(own, {}, batch.views, mode)).loss.dataSync()[0]!;
      expect(
        relativeError([log.contrastive!.dataSync()[0]!, log.views!.dataSync()[0]!], [contrastive, ssl]),
      ).toBeLessThan(1e-6);
      expect(relativeError(loss.dataSync(), [contrastive + weight * ssl])).toBeLessThan(1e-6);
    }
  });

  it("asks for views", () => {
    const method = make();
    const { images, texts } = batchOf(0);
    expect(() => method.embed(method.init(key(1)).params, {}, { images, texts }, mode)).toThrow(
      "slip: a batch has two views of each picture; got none under views.",
    );
  });
});

methodContract("slip", make, {
  batch: () => batchOf("x", 2),
  parts: () => [batchOf("x", 2, [0, 1]), batchOf("x", 2, [2, 3])],
});

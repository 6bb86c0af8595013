import { readFileSync } from "node:fs";
import { join } from "node:path";
import { convNet, simclrHead } from "@nearfar/encoders";
import { simclr } from "@nearfar/methods";
import { key } from "@nearfar/random";
import { loadEngine, tf, type Tensor2D } from "@nearfar/tensor";
import { noise, noisyViews } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { methodContract } from "../../../test/contracts/method.ts";
import { noisy } from "./noisy.ts";
import { expectTrajectory, type Trajectory } from "./trajectory.ts";

// Source: golden/make.py, lightly 1.6.0 and torch 2.14.1 in float64, three steps of SGD on the small net and SimCLR's head.
const golden = JSON.parse(readFileSync(join(import.meta.dirname, "golden/simclr.json"), "utf8")) as Trajectory;

function make() {
  const encoder = convNet();
  return simclr({ encoder, projector: simclrHead(encoder.features, { hidden: 128, out: 64 }) });
}

beforeAll(() => void loadEngine());

describe("simclr, against lightly", () => {
  it("takes three steps of SGD to the same losses, weights and running statistics", () => {
    expectTrajectory(make(), golden, { batch: noisyViews, rate: 0.06, momentum: 0.9, weightDecay: 5e-4 });
  });

  it("would not, were one view's pictures exchanged", () => {
    const method = make();
    const params = noisy(method.init(key(0)).params);
    const loss = (order: number[]) =>
      tf.tidy(() => {
        const z = method.embed(params, {}, tf.gather(noisyViews(0), order), { training: false });
        return method.objective(params, {}, z).loss.dataSync()[0]!;
      });
    expect(loss([4, 5, 6, 7, 0, 1, 2, 3])).toBeCloseTo(loss([0, 1, 2, 3, 4, 5, 6, 7]), 5); // left and right are alike
    expect(Math.abs(loss([0, 1, 2, 3, 5, 4, 6, 7]) - loss([0, 1, 2, 3, 4, 5, 6, 7]))).toBeGreaterThan(0.05);
  });

  it("passes its temperature on, 0.5 where none is given", () => {
    const encoder = convNet();
    const projector = simclrHead(encoder.features);
    const z = tf.tensor2d(Float32Array.from(noise("z", 64)), [8, 8]) as Tensor2D;
    const loss = (temperature?: number) =>
      simclr({ encoder, projector, ...(temperature === undefined ? {} : { temperature }) })
        .objective({}, {}, z)
        .loss.dataSync()[0]!;
    expect(loss()).toBe(loss(0.5));
    expect(loss(0.1)).not.toBeCloseTo(loss(0.5), 2);
  });
});

methodContract("simclr", make, { batch: () => noisyViews(0), parts: () => tf.split(noisyViews(0), 4) });

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { convNet, simclrHead } from "@nearfar/encoders";
import { simclr } from "@nearfar/methods";
import { sgd } from "@nearfar/optimizers";
import { key } from "@nearfar/random";
import { leaves, loadEngine, tf, type Tensor2D } from "@nearfar/tensor";
import { noise, noisyViews, relativeError } from "@nearfar/testing";
import { trainStep, type TrainingState } from "@nearfar/trainer";
import { beforeAll, describe, expect, it } from "vitest";
import { methodContract } from "../../../test/contracts/method.ts";
import { noisy } from "./noisy.ts";

type Told = { values: number[] } | { length: number; product: number; wayLength: number; wayProduct: number };

// Source: golden/make.py, lightly 1.6.0 and torch 2.14.1 in float64, three steps of SGD on the small net and SimCLR's head.
const golden = JSON.parse(readFileSync(join(import.meta.dirname, "golden/simclr.json"), "utf8")) as {
  losses: number[];
  after: Record<string, Told>;
};

function make() {
  const encoder = convNet();
  return simclr({ encoder, projector: simclrHead(encoder.features, { hidden: 128, out: 64 }) });
}

beforeAll(() => void loadEngine());

describe("simclr, against lightly", () => {
  it("takes three steps of SGD to the same losses, weights and running statistics", () => {
    const parts = { method: make(), optimizer: sgd({ momentum: 0.9, weightDecay: 5e-4 }) };
    const first = noisy(parts.method.init(key(0)).params);
    let current: TrainingState = { params: first, state: {}, slots: parts.optimizer.init(first) };
    const losses = [0, 1, 2].map((step) => {
      const result = trainStep(parts, current, noisyViews(step), { rate: 0.06, key: key(0) });
      current = result.next;
      return result.loss;
    });
    expect(relativeError(losses, golden.losses)).toBeLessThan(1e-4);
    const start = leaves(first);
    const after = leaves(current.params);
    expect([...after.keys()].sort()).toEqual(Object.keys(golden.after).sort());
    for (const [path, told] of Object.entries(golden.after))
      expect(distance(path, told, [start.get(path)!.dataSync(), after.get(path)!.dataSync()]), path).toBeLessThan(1e-4);
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

type Pair = [start: ArrayLike<number>, after: ArrayLike<number>];

/** How far a leaf is from lightly's: of small ones entry by entry, of big ones in their digests as parts of their lengths. */
function distance(path: string, told: Told, [start, after]: Pair): number {
  if ("values" in told) return relativeError(after, told.values);
  const direction = noise(`digest:${path}`, after.length);
  const way = Float64Array.from(after, (value, i) => value - start[i]!);
  const off = (values: ArrayLike<number>, length: number, product: number) =>
    Math.max(Math.abs(dot(values, values) ** 0.5 - length), Math.abs(dot(values, direction) - product)) / length;
  return Math.max(off(after, told.length, told.product), off(way, told.wayLength, told.wayProduct));
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);
}

methodContract("simclr", make, { batch: () => noisyViews(0), parts: () => tf.split(noisyViews(0), 4) });

import type { Method } from "@nearfar/methods";
import { sgd, type SgdOptions } from "@nearfar/optimizers";
import { key } from "@nearfar/random";
import { leaves, type Params, type Tensor } from "@nearfar/tensor";
import { noise, relativeError } from "@nearfar/testing";
import { trainStep, type TrainingState } from "@nearfar/trainer";
import { expect } from "vitest";
import { noisy } from "./noisy.ts";

/** Losses, and the weights after the last step, as golden/given.py tells them (`told`). */
export interface Trajectory {
  readonly losses: readonly number[];
  readonly after: Readonly<Record<string, Told>>;
}

type Told = { values: number[] } | { length: number; product: number; wayLength: number; wayProduct: number };

/** Three steps of SGD from the golden script's weights meet its losses, weights and running statistics to 1e-4. */
export function expectTrajectory<Batch, Embeddings extends Tensor | Params>(
  method: Method<Batch, Embeddings>,
  golden: Trajectory,
  { batch, rate, ...options }: { batch: (step: number) => Batch; rate: number } & SgdOptions,
): void {
  const parts = { method: method as unknown as Method<Batch>, optimizer: sgd(options) };
  const first = noisy(method.init(key(0)).params);
  const start = new Map([...leaves(first)].map(([path, leaf]) => [path, leaf.dataSync().slice()])); // steps write rows of tables in place
  let current: TrainingState = { params: first, state: {}, slots: parts.optimizer.init(first) };
  const losses = [0, 1, 2].map((step) => {
    const result = trainStep(parts, current, batch(step), { rate, key: key(0) });
    current = result.next;
    return result.loss;
  });
  expect(relativeError(losses, golden.losses)).toBeLessThan(1e-4);
  const after = leaves(current.params);
  expect([...after.keys()].sort()).toEqual(Object.keys(golden.after).sort());
  for (const [path, told] of Object.entries(golden.after))
    expect(distance(path, told, [start.get(path)!, after.get(path)!.dataSync()]), path).toBeLessThan(1e-4);
}

type Pair = [start: ArrayLike<number>, after: ArrayLike<number>];

/** How far a leaf is from the golden one: of small ones entry by entry, of big ones in their digests as parts of their lengths. */
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

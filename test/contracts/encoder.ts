import type { Scalar, Tensor, Tensor2D } from "@nearfar/tensor";
import { createHash } from "node:crypto";
import { key, type Key } from "@nearfar/random";
import {
  isTrainable,
  leaves,
  loadEngine,
  seedOf,
  statistics,
  tf,
  valueAndGradients,
  type Mode,
  type Params,
} from "@nearfar/tensor";
import { relativeError, tensorCount } from "@nearfar/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** The shape of `Encoder` in @nearfar/encoders, told here so that the contract depends on no implementation. */
interface Contracted<Input> {
  readonly name: string;
  readonly features: number;
  init(key: Key): Params;
  apply(params: Params, input: Input, mode: Mode): Tensor2D;
}

/** Examples for the contract: a tensor with a row each, or a record of tensors with its own way to take one out. */
export interface ContractOptions<Input> {
  /** Each of n examples by itself, the same as in the batch. */
  readonly alone?: (n: number) => Input[];
}

/** What every encoder and head does. `input(n)` makes n examples, different ones, the same for each call. */
export function encoderContract<Input extends Tensor | object>(
  name: string,
  make: () => Contracted<Input>,
  input: (n: number) => Input,
  { alone = (n) => tf.split(input(n) as Tensor, n) as Input[] }: ContractOptions<Input> = {},
): void {
  const training = () => ({ training: true, seed: seedOf(key(7)), statistics: statistics() }) as const;
  // Compared as hashes: a ResNet has ten million weights.
  const fingerprints = (params: Params) =>
    new Map([...leaves(params)].map(([path, leaf]) => [path, hash(leaf.dataSync())]));

  describe(`${name} keeps the contract of an encoder`, () => {
    const net = make();
    let params: Params;
    beforeAll(() => {
      loadEngine();
      params = net.init(key(1));
    });
    afterAll(() => tf.dispose([...leaves(params).values()]));

    it("has the same first weights for the same key, others for another", () => {
      tf.tidy(() => {
        const [first, other] = [fingerprints(params), fingerprints(net.init(key(2)))];
        expect(fingerprints(make().init(key(1)))).toEqual(first);
        const matrices = [...leaves(params)].filter(([, leaf]) => leaf.rank > 1).map(([path]) => path);
        expect(matrices.length).toBeGreaterThan(0);
        for (const path of matrices) expect(other.get(path), path).not.toEqual(first.get(path));
        const starts = matrices.map((path) => leaves(params).get(path)!.dataSync().slice(0, 8).join());
        expect(new Set(starts).size, "no two leaves share a key").toBe(matrices.length);
      });
    });

    it("gives [n, features], finite, in both modes", () => {
      tf.tidy(() => {
        const mode = training();
        for (const rows of [net.apply(params, input(4), { training: false }), net.apply(params, input(4), mode)]) {
          expect(rows.shape).toEqual([4, net.features]);
          expect(Array.from(rows.dataSync()).every(Number.isFinite)).toBe(true);
        }
        tf.dispose([...mode.statistics.entries().values()]);
      });
    });

    it("looks at each row alone in evaluation", () => {
      tf.tidy(() => {
        const together = net.apply(params, input(4), { training: false });
        const single = alone(4).map((one) => net.apply(params, one, { training: false }));
        // 1e-5: the order of float32 sums depends on the batch
        expect(relativeError(tf.concat(single).dataSync(), together.dataSync())).toBeLessThan(1e-5);
      });
    });

    it("sends a gradient to every trainable leaf, and to no other", () => {
      tf.tidy(() => {
        const mode = training();
        const loss = () => {
          const rows = net.apply(params, input(8), mode);
          return tf.sum(tf.mul(rows, tf.cos(tf.reshape(tf.range(0, rows.size), rows.shape)))) as Scalar; // any direction but a sum: batch-norm has none
        };
        const { gradients } = valueAndGradients(loss, params);
        expect([...gradients.keys()].sort()).toEqual([...leaves(params).keys()].filter(isTrainable).sort());
        for (const [path, gradient] of gradients) {
          const largest = Math.max(...tf.max(tf.abs(gradient)).dataSync());
          expect(largest, path).toBeGreaterThan(0);
          expect(gradient.shape, path).toEqual(leaves(params).get(path)!.shape);
        }
        tf.dispose([...mode.statistics.entries().values()]);
      });
    });

    it("records running statistics in training only, and changes no leaf", () => {
      tf.tidy(() => {
        const before = fingerprints(params);
        const mode = training();
        net.apply(params, input(4), mode);
        const running = [...leaves(params)].filter(([path]) => !isTrainable(path)).map(([, leaf]) => leaf);
        expect(new Set(mode.statistics.entries().keys())).toEqual(new Set(running));
        expect(fingerprints(params)).toEqual(before);
        tf.dispose([...mode.statistics.entries().values()]);
      });
    });

    it("leaves nothing behind but what it returns and records", () => {
      const examples = input(4);
      const mode = training();
      tf.dispose([net.apply(params, examples, { training: false }), tf.neg(mode.seed)]); // whatever is uploaded lazily is there now
      const before = [tf.memory().numTensors, tensorCount()];
      const evaluated = net.apply(params, examples, { training: false });
      expect([tf.memory().numTensors, tensorCount()]).toEqual(before.map((count) => count + 1));
      const trained = net.apply(params, examples, mode);
      const kept = 2 + mode.statistics.entries().size;
      expect([tf.memory().numTensors, tensorCount()]).toEqual(before.map((count) => count + kept));
      tf.dispose([evaluated, trained, examples as Tensor, mode.seed, ...mode.statistics.entries().values()]);
    });
  });
}

function hash(values: ArrayBufferView): string {
  return createHash("sha256")
    .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    .digest("hex");
}

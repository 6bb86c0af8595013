import { readFileSync } from "node:fs";
import { join } from "node:path";
import { convNet, mlp, resNet, simclrHead, type Encoder } from "@nearfar/encoders";
import { key } from "@nearfar/random";
import {
  leaves,
  loadEngine,
  type Scalar,
  seedOf,
  statistics,
  type Tensor,
  tf,
  valueAndGradients,
} from "@nearfar/tensor";
import { noise, relativeError } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { distance } from "./distance.ts";
import { noisy } from "./noisy.ts";

type Digest = readonly [number, number];
interface Case {
  input: number[];
  evaluated: Digest;
  evaluatedRow: number[];
  trained: Digest;
  trainedRow: number[];
  gradients: Record<string, Digest>;
  statistics: Record<string, Digest>;
}

// Source: golden/make.py, torch 2.14.1, torchvision 0.29.1 and lightly 1.6.0 in float64.
const { cases } = JSON.parse(readFileSync(join(import.meta.dirname, "golden/encoders.json"), "utf8")) as {
  cases: Record<string, Case>;
};

const nets: Record<string, Encoder<never>> = {
  convnet: convNet(),
  "convnet-odd": convNet(),
  "simclr-head": simclrHead(32, { hidden: 24, out: 16 }),
  "simclr-head-3": simclrHead(32, { hidden: 24, out: 16, layers: 3 }),
  "mlp-plain-norm": mlp([12, 16, 8], { outputNorm: "plain" }),
  "mlp-no-norm": mlp([12, 16, 8], { hiddenNorm: false }),
  "resnet18-small": resNet(),
  "resnet18-large": resNet({ stem: "large" }),
  "resnet34-small": resNet({ depth: 34 }),
  "resnet34-large": resNet({ depth: 34, stem: "large" }),
  "resnet50-small": resNet({ depth: 50 }),
  "resnet50-large": resNet({ depth: 50, stem: "large" }),
};

beforeAll(() => void loadEngine());

describe.each(Object.entries(cases))("%s, against PyTorch in float64", (name, golden) => {
  const net = nets[name] as unknown as Encoder<Tensor>;

  it("has its leaves, and gives its rows, gradients and running statistics", () => {
    tf.tidy(() => {
      const first = net.init(key(0));
      const params = noisy(first, { steady: name.startsWith("resnet") });
      const at = leaves(params);
      expect([...at.keys()].sort()).toEqual(
        [...Object.keys(golden.gradients), ...Object.keys(golden.statistics)].sort(),
      );

      const { shape, values } = inputOf(golden);
      const input = tf.tensor(values, shape);
      const evaluated = net.apply(params, input, { training: false }).dataSync();
      expect(relativeError(evaluated.slice(0, 8), golden.evaluatedRow)).toBeLessThan(1e-4);
      expect(distance("evaluated", evaluated, golden.evaluated)).toBeLessThan(1e-4);

      const collected = statistics();
      let trained: ArrayLike<number> = [];
      const { gradients } = valueAndGradients(() => {
        const y = net.apply(params, input, { training: true, seed: seedOf(key(0)), statistics: collected });
        trained = y.dataSync();
        return tf.sum(tf.mul(y, tf.tensor(Float32Array.from(noise("cotangent", y.size)), y.shape))) as Scalar;
      }, params);
      expect(relativeError(Array.from(trained).slice(0, 8), golden.trainedRow)).toBeLessThan(1e-4);
      expect(distance("trained", trained, golden.trained)).toBeLessThan(1e-4);
      // A shift before batch-norm has a gradient of 0, or nearly: errors are parts of the leaf's length or of the mean one.
      const lengths = Object.values(golden.gradients).map(([length]) => length);
      const typical = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
      for (const [path, digest] of Object.entries(golden.gradients))
        expect(distance(path, gradients.get(path)!.dataSync(), digest, typical), path).toBeLessThan(1e-4);
      for (const [path, digest] of Object.entries(golden.statistics))
        expect(distance(path, collected.entries().get(at.get(path)!)!.dataSync(), digest), path).toBeLessThan(1e-5);
      tf.dispose([...collected.entries().values()]);
    });
  });
});

function inputOf({ input }: Case): { shape: number[]; values: Float32Array } {
  const size = input.reduce((a, b) => a * b, 1);
  return { shape: input, values: Float32Array.from(noise("input", size), (value) => value * Math.sqrt(3)) };
}

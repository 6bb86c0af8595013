import { readFileSync } from "node:fs";
import { join } from "node:path";
import { newTransformer, packTokens, transformer } from "@nearfar/encoders";
import { key } from "@nearfar/random";
import {
  leaves,
  loadEngine,
  lookups,
  seedOf,
  statistics,
  tf,
  valueAndGradients,
  type RowsGradient,
  type Scalar,
  type Tensor1D,
} from "@nearfar/tensor";
import { noise, relativeError } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { readTransformerConfig } from "../src/readTransformerConfig.ts";
import { readTransformerWeights } from "../src/readTransformerWeights.ts";
import { distance } from "./distance.ts";

interface Case {
  ids: number[][];
  hidden: number[];
  gradients: Record<string, readonly [number, number]>;
}

// Source: golden/makeTransformers.py, torch 2.14.1 and transformers in float64.
const { cases } = JSON.parse(readFileSync(join(import.meta.dirname, "golden/transformers.json"), "utf8")) as {
  cases: Record<string, Case>;
};
const folder = (family: string) => join(import.meta.dirname, "golden/transformers", family);

beforeAll(() => void loadEngine());

const training = (seed: Tensor1D) => ({ training: true, seed, statistics: statistics() }) as const;

describe.each(Object.entries(cases))("transformer, a random %s as Hugging Face computes it", (family, golden) => {
  it("has its token states, one by one operations or fused", async () => {
    const config = await readTransformerConfig(join(folder(family), "config.json"));
    const params = await readTransformerWeights(folder(family), config);
    tf.tidy(() => {
      const net = transformer(config, { dropout: 0 });
      for (const mode of [{ training: false } as const, training(seedOf(key(0)))]) {
        const states = net.hidden(params, packTokens(golden.ids), mode);
        expect(states.shape).toEqual([golden.hidden.length / config.width, config.width]);
        expect(relativeError(states.dataSync(), golden.hidden)).toBeLessThan(1e-4); // issue 4's bound; float32 leaves 2e-6
      }
    });
    tf.dispose(params);
  });

  it("has the gradient of every leaf", async () => {
    const config = await readTransformerConfig(join(folder(family), "config.json"));
    const params = await readTransformerWeights(folder(family), config);
    tf.tidy(() => {
      const net = transformer(config, { dropout: 0 });
      const tokens = packTokens(golden.ids);
      const { gradients } = valueAndGradients(() => {
        const y = net.hidden(params, tokens, training(seedOf(key(0))));
        return tf.sum(tf.mul(y, tf.tensor(Float32Array.from(noise("cotangent", y.size)), y.shape))) as Scalar;
      }, params);
      expect([...gradients.keys()].sort()).toEqual(Object.keys(golden.gradients).sort());
      expect([...leaves(params).keys()].sort()).toEqual(Object.keys(golden.gradients).sort());
      // A key's shift has a gradient of 0: errors are parts of the leaf's length or of the mean one.
      const lengths = Object.values(golden.gradients).map(([length]) => length);
      const typical = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
      for (const [path, digest] of Object.entries(golden.gradients))
        expect(distance(path, gradients.get(path)!.dataSync(), digest, typical), path).toBeLessThan(1e-4);
    });
    tf.dispose(params);
  });
});

describe("transformer", () => {
  const config = newTransformer({ vocabularySize: 50, layers: 2, width: 32, heads: 4, tokens: 12 });
  const texts = [[1, 2, 3], [4], [5, 6, 7, 8, 9, 10, 11]];

  it("has the same rows whatever shares the batch, in any order", () => {
    tf.tidy(() => {
      const net = transformer(config);
      const params = net.init(key(0));
      const rows = (lists: number[][]) =>
        net.apply(params, packTokens(lists), { training: false }).arraySync() as number[][];
      const [forward, backward] = [rows(texts), rows([...texts].reverse()).reverse()];
      // 1e-5: float32 in another order
      expect(relativeError(backward.flat(), forward.flat())).toBeLessThan(1e-5);
    });
  });

  it("drops by its seed: the same again, another for another, none at rate 0", () => {
    tf.tidy(() => {
      const rows = (net: ReturnType<typeof transformer>, seed: number) =>
        Array.from(net.apply(net.init(key(0)), packTokens(texts), training(seedOf(key(seed)))).dataSync());
      const net = transformer(config);
      expect(rows(net, 1)).toEqual(rows(net, 1));
      expect(relativeError(rows(net, 2), rows(net, 1))).toBeGreaterThan(0.01);
      const still = transformer(config, { dropout: 0 });
      expect(rows(still, 2)).toEqual(rows(still, 1));
    });
  });

  it("gives two copies of a text in one batch two views", () => {
    tf.tidy(() => {
      const net = transformer(config);
      const rows = net.apply(net.init(key(0)), packTokens([[1, 2, 3], [1, 2, 3]]), training(seedOf(key(3)))); // prettier-ignore
      const [a, b] = rows.arraySync() as [number[], number[]];
      expect(relativeError(b, a)).toBeGreaterThan(0.01); // SimCSE's positives differ by dropout alone
    });
  });

  it("has the token table's gradient by rows where the mode collects lookups", () => {
    tf.tidy(() => {
      const net = transformer(config, { dropout: 0 });
      const params = net.init(key(0));
      const loss = (mode: object) => () =>
        tf.sum(tf.square(net.apply(params, packTokens(texts), { ...training(seedOf(key(0))), ...mode }))) as Scalar;
      const used = lookups();
      const path = "embeddings.word_embeddings.weight";
      const rows = valueAndGradients(loss({ lookups: used }), params, used).gradients.get(path) as RowsGradient;
      const whole = valueAndGradients(loss({}), params).gradients.get(path)!;
      expect(Array.from(rows.indices.dataSync()).sort((a, b) => a - b)).toEqual(texts.flat());
      const picked = tf.gather(whole, rows.indices);
      expect(relativeError(rows.values.dataSync(), picked.dataSync())).toBeLessThan(1e-5); // float32 in another order
    });
  });

  it("refuses a text longer than its table, and sizes that do not fit", () => {
    tf.tidy(() => {
      const net = transformer(config);
      expect(net.maxTokens).toBe(12);
      const long = packTokens([Array.from({ length: 13 }, () => 1)]);
      expect(() => net.apply(net.init(key(0)), long, { training: false })).toThrow("at most 12 tokens; got 13");
      expect(() => transformer({ ...config, heads: 5 })).toThrow("5 heads for a width of 32");
      for (const wrong of [
        { layers: 0 },
        { width: 1.5 },
        { vocabularySize: 1e12 },
        { hiddenDropout: 1 },
        { positions: 1 },
      ])
        expect(() => transformer({ ...config, ...wrong }), JSON.stringify(wrong)).toThrow(RangeError);
    });
  });
});

import { staticEmbedding } from "@nearfar/encoders";
import { inBatch, symmetric } from "@nearfar/losses";
import { inBatchPairs, type InBatchPairsOptions } from "@nearfar/methods";
import { sgd } from "@nearfar/optimizers";
import { key } from "@nearfar/random";
import { loadEngine, normalize, tf, type Params, type Tensor2D } from "@nearfar/tensor";
import { noise, relativeError } from "@nearfar/testing";
import { trainStep, type TrainingState } from "@nearfar/trainer";
import { beforeAll, describe, expect, it } from "vitest";
import { methodContract } from "../../../test/contracts/method.ts";
import { columnsOf, noisyColumns, noisyTexts, WORDS } from "./noisyTexts.ts";
import { textGolden } from "./textGolden.ts";
import { expectTrajectory } from "./trajectory.ts";

const encoder = staticEmbedding({ vocabularySize: WORDS, dimensions: 16 });
const make = (options: Partial<InBatchPairsOptions> = {}) => inBatchPairs({ encoder, ...options });
const names = ["anchors", "positives", "hard0", "hard1"];

beforeAll(() => void loadEngine());

describe("inBatchPairs, against sentence-transformers", () => {
  it.each([
    { name: "pairs", columns: 2, directions: 1 },
    { name: "pairs, two columns of hard negatives", columns: 4, directions: 1 },
    { name: "pairs, both directions", columns: 3, directions: 2 },
  ] as const)("$name: takes three steps to the same losses and weights", ({ name, columns, directions }) => {
    const batch = (step: number) => noisyColumns(...names.slice(0, columns).map((column) => `${column} ${step}`));
    expectTrajectory(make({ directions }), textGolden(name), { batch, rate: 0.05, momentum: 0 });
  });
});

describe("inBatchPairs", () => {
  const sides = (): Tensor2D[] => names.map((name) => tf.tensor2d(Float32Array.from(noise(name, 24)), [4, 6]));
  const lossOf = (options: Partial<InBatchPairsOptions>, columns: Tensor2D[]) =>
    make(options)
      .objective({}, {}, { ...columns })
      .loss.dataSync()[0]!;

  it("in both directions without hard negatives is the symmetric loss", () => {
    const [a, p] = sides();
    const exact = symmetric(a!, p!, { temperature: 0.05 }).dataSync()[0]!; // sentence-transformers' scale 20
    expect(relativeError([lossOf({ directions: 2 }, [a!, p!])], [exact])).toBeLessThan(1e-6);
  });

  it("passes on its temperature and its prefixes", () => {
    const [a, p] = sides();
    const at = (d: number) =>
      inBatch(tf.slice(a!, [0, 0], [4, d]), tf.slice(p!, [0, 0], [4, d]), { temperature: 0.3 }).dataSync()[0]!;
    const loss = lossOf({ temperature: 0.3, dimensions: [6, 2] }, [a!, p!]);
    expect(relativeError([loss], [at(6) + at(2)])).toBeLessThan(1e-6); // weights 1, Kusupati et al. 2022, eq. 1
  });

  it("trains each anchor toward its own positive and away from its own hard negatives, whatever the number of columns", () => {
    // Traps, "Gather ordering bug": with several negative columns labels were misaligned, and anchors learnt their own hard negatives.
    // Words of a table of orthonormal rows: anchor and positive share a word, hard negatives share another with the anchor, all have one of
    // their own.
    const word = (column: number, i: number) => 8 * column + i;
    const texts = [0, 1, 2, 3].map((i) => ({ shared: word(0, i), decoy: word(1, i) }));
    const batch = columnsOf([
      texts.map(({ shared, decoy }) => [shared, decoy]),
      texts.map(({ shared }, i) => [shared, word(2, i)]),
      texts.map(({ decoy }, i) => [decoy, word(3, i)]),
      texts.map(({ decoy }, i) => [decoy, word(4, i)]),
    ]);
    const table = staticEmbedding({ vocabularySize: WORDS, dimensions: WORDS });
    const method = inBatchPairs({ encoder: table });
    const params: Params = { encoder: { embedding: { weight: tf.eye(WORDS) } } };
    const optimizer = sgd({ momentum: 0 });
    const current: TrainingState = { params, state: {}, slots: optimizer.init(params) };
    const cosines = (weights: Params): number[][] => {
      const z = method.embed(weights, {}, batch, { training: false });
      const [anchors, ...others] = Object.values<Tensor2D>(z).map((column) => normalize(column));
      return others.map((column) => Array.from(tf.sum(tf.mul(anchors!, column), 1).dataSync()));
    };
    const before = cosines(params);
    const { next } = trainStep({ method: method as never, optimizer }, current, batch, { rate: 0.01, key: key(0) });
    const after = cosines(next.params);
    expect(before.flat()).toEqual(new Array(12).fill(expect.closeTo(0.5, 5))); // two words of length 1, one of them shared
    for (const i of [0, 1, 2, 3]) {
      expect(after[0]![i]!).toBeGreaterThan(0.5 + 1e-3);
      expect(after[1]![i]!).toBeLessThan(0.5 - 1e-3);
      expect(after[2]![i]!).toBeLessThan(0.5 - 1e-3);
    }
  });

  it("gives each column its own texts, in order", () => {
    const method = make();
    const { params } = method.init(key(1));
    const z = method.embed(params, {}, noisyColumns(...names), { training: false });
    expect(Object.keys(z)).toEqual(["0", "1", "2", "3"]);
    for (const [i, name] of names.entries()) {
      const alone = encoder.apply(params.encoder as Params, columnsOf([noisyTexts(name)]).tokens, { training: false });
      expect(relativeError(z[i]!.dataSync(), alone.dataSync())).toBeLessThan(1e-6);
    }
    expect(method.watched(z).shape).toEqual([8, 16]); // anchors over positives
  });

  it("names what is wrong with a batch", () => {
    const method = make();
    const { params } = method.init(key(1));
    const embed = (columns: number, texts: number) =>
      method.embed(params, {}, { ...columnsOf([noisyTexts("a").slice(0, texts)]), columns }, { training: false });
    expect(() => embed(1, 4)).toThrow("in-batch-pairs: an example has 2 or more texts; got 1.");
    expect(() => embed(2, 3)).toThrow(
      "A batch of 2 columns has as many texts in each; got 3 texts. Was an example dropped in one column?",
    );
  });
});

methodContract("in-batch-pairs", () => make({ directions: 2 }), {
  batch: () => noisyColumns("anchors", "positives", "hard0"),
  parts: () =>
    [0, 1, 2, 3].map((i) => columnsOf(["anchors", "positives", "hard0"].map((name) => [noisyTexts(name)[i]!]))),
});

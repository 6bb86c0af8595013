import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { infoNce, type InfoNceOptions } from "@nearfar/losses";
import { loadEngine, tf } from "@nearfar/tensor";
import { checkGradient, relativeError } from "@nearfar/testing";
import { batch } from "./batch.ts";
import { losses } from "./goldenLosses.ts";
import { plain, type Rows } from "./plain.ts";
import { tensors } from "./tensors.ts";
import { value } from "./value.ts";

beforeAll(() => void loadEngine());

interface Choice {
  positives: (anchor: number) => number[];
  excludes?: (anchor: number, candidate: number) => boolean;
  bias?: (anchor: number, candidate: number) => number;
  temperature: number;
}

/** van den Oord et al. 2018, eq. 4, with Khosla et al. 2020, eq. 2 for several positives: loops over what competes. */
function transcription(
  anchors: Rows,
  candidates: Rows,
  { positives, excludes = () => false, bias = () => 0, temperature }: Choice,
): number {
  const each = anchors.flatMap((anchor, i) => {
    const logits = candidates.map((candidate, j) => plain.dot(anchor, candidate) / temperature + bias(i, j));
    const all = logits.filter((_, j) => !excludes(i, j));
    const right = positives(i).filter((j) => !excludes(i, j));
    return right.length === 0 ? [] : [plain.mean(right.map((p) => plain.crossEntropy(logits[p]!, all)))];
  });
  return plain.mean(each);
}

const engine = (anchors: Rows, candidates: Rows, options: InfoNceOptions) =>
  value(() => {
    const [a, c] = tensors(anchors, candidates);
    return infoNce(a!, c!, options);
  });

const { z0, z1, z2 } = losses.inputs;
const diagonal = [0, 1, 2, 3];

describe("infoNce", () => {
  it("on unit rows is the golden value", () => {
    const [a, b] = [plain.unit(z0), plain.unit(z1)];
    const golden = losses["infonce z0->z1 t=0.05 (unsup SimCSE / MNRL scale 20)"];
    const exact = transcription(a, b, { positives: (i) => [i], temperature: 0.05 });
    expect(relativeError([exact], [golden])).toBeLessThan(1e-9);
    expect(relativeError([engine(a, b, { positive: diagonal, temperature: 0.05 })], [exact])).toBeLessThan(1e-5);
  });

  it("is the transcription on random batches: one positive, one candidate excluded, weights", () => {
    const property = fc.property(batch(3), fc.constantFrom(0.1, 1), ([anchors, right, others], temperature) => {
      const n = anchors!.length;
      const candidates = [...right!, ...others!];
      const positive = [...anchors!.keys()];
      const excluded = positive.map((i) => n + ((i + 1) % n));
      const weights = candidates.map((_, j) => j / 4);
      const exact = transcription(anchors!, candidates, {
        positives: (i) => [i],
        excludes: (i, j) => j === excluded[i],
        bias: (_, j) => weights[j]!,
        temperature,
      });
      const options = { positive, excluded: tf.tensor1d(excluded, "int32"), bias: tf.tensor1d(weights), temperature };
      expect(relativeError([engine(anchors!, candidates, options)], [exact])).toBeLessThan(1e-5);
    });
    fc.assert(property, { numRuns: 20, seed: 1 });
  });

  it("is the transcription on random batches: groups on both sides, groups excluded, a weight per pair", () => {
    const property = fc.property(batch(3), fc.constantFrom(0.1, 1), ([anchors, right, others], temperature) => {
      const candidates = [...right!, ...others!];
      const [of, to] = [anchors!.map((_, i) => i % 2), candidates.map((_, j) => j % 3)];
      const [notOf, notTo] = [anchors!.map((_, i) => i), candidates.map((_, j) => j % 5)];
      const pairs = anchors!.map((_, i) => candidates.map((_, j) => (i - j) / 4));
      const exact = transcription(anchors!, candidates, {
        positives: (i) => [...candidates.keys()].filter((j) => to[j] === of[i]),
        excludes: (i, j) => notOf[i] === notTo[j],
        bias: (i, j) => pairs[i]![j]!,
        temperature,
      });
      const options: InfoNceOptions = {
        positive: { anchors: of, candidates: tf.tensor1d(to, "int32") },
        excluded: { anchors: notOf, candidates: notTo },
        bias: tensors(pairs)[0]!,
        temperature,
      };
      expect(relativeError([engine(anchors!, candidates, options)], [exact])).toBeLessThan(1e-5);
    });
    fc.assert(property, { numRuns: 20, seed: 1 });
  });

  it("with a distribution as the positive is the mean of its candidates by their weights, and sends it no gradient", () => {
    const weights = [[0.5, 0.25, 0, 0.25], [0, 1, 0, 0], [0.1, 0.2, 0.3, 0.4], [0.25, 0.25, 0.25, 0.25]]; // prettier-ignore
    const exact = z0.map((anchor, i) =>
      weights[i]!.reduce(
        (sum, p, j) => sum + p * transcription([anchor], z1, { positives: () => [j], temperature: 0.5 }),
        0,
      ),
    );
    const [a, c, p] = tensors(z0, z1, weights);
    const loss = (positive: tf.Tensor2D) => infoNce(a!, c!, { positive, temperature: 0.5 });
    expect(relativeError([value(() => loss(p!))], [plain.mean(exact)])).toBeLessThan(1e-5);
    const { grads } = tf.engine().gradients(() => loss(tf.mul(p!, 1)), [p!], undefined, true);
    expect(grads[0] ?? "none").toBe("none");
    expect(() => loss(tf.zeros([4, 3]))).toThrow("a row of probabilities; got logits [4, 4], labels [4,3].");
  });

  it("with own is the same as own among the candidates of one anchor", () => {
    const [own, joined] = [
      value(() => infoNce(...pair(z0.slice(0, 1), z2), { own: tensors(z1.slice(0, 1))[0]! })),
      engine(z0.slice(0, 1), [z1[0]!, ...z2], { positive: [0] }),
    ];
    expect(relativeError([own], [joined])).toBeLessThan(1e-6);
  });

  it("takes own with no other candidate: nothing to confuse it with", () => {
    expect(value(() => infoNce(tf.ones([2, 3]), tf.zeros([0, 3]), { own: tf.ones([2, 3]) }))).toBe(0); // ln 1
  });

  it("never falls when a candidate is added", () => {
    const property = fc.property(batch(3), ([anchors, right, others]) => {
      const positive = [...anchors!.keys()];
      const fewer = engine(anchors!, right!, { positive });
      expect(engine(anchors!, [...right!, others![0]!], { positive })).toBeGreaterThanOrEqual(fewer); // one more term below the line
    });
    fc.assert(property, { numRuns: 20, seed: 1 });
  });

  it("weighs a candidate of log-weight ln 2 as two of it", () => {
    const bias = tf.tensor1d([0, 0, 0, 0, Math.log(2)]);
    const weighed = engine(z0, [...z1, z2[0]!], { positive: diagonal, bias });
    expect(relativeError([weighed], [engine(z0, [...z1, z2[0]!, z2[0]!], { positive: diagonal })])).toBeLessThan(1e-6);
  });

  it("sends exactly no gradient to and from what is excluded", () => {
    const [a, c] = tensors(z0, [...z1, ...z2]);
    const excluded = [4, 4, 4, 4];
    const [, gradient] = tf.grads((a, c) =>
      infoNce(a as tf.Tensor2D, c as tf.Tensor2D, { positive: diagonal, excluded }),
    )([a!, c!]);
    const rows = gradient!.arraySync() as number[][];
    expect(rows[4]!.every((x) => x === 0)).toBe(true);
    expect(rows.filter((row) => row.some((x) => x !== 0))).toHaveLength(7); // the other seven still pull and push
    expect(engine(z0, [...z1, ...z2], { positive: diagonal, excluded })).toBe(
      engine(z0, [...z1, z2[0]!.map(() => 1e3), ...z2.slice(1)], { positive: diagonal, excluded }),
    );
  });

  it("excludes nothing for an anchor whose column is -1", () => {
    const options = { positive: diagonal };
    expect(engine(z0, z1, { ...options, excluded: [-1, -1, -1, -1] })).toBe(engine(z0, z1, options));
  });

  it("has finite gradients where everything but the positive is excluded, and for large similarities", () => {
    const [a, c] = tensors(z0.map((row) => row.map((x) => 1e3 * x)), z1); // prettier-ignore
    const excluded = { anchors: [0, 0, 0, 0], candidates: [1, 0, 0, 0] };
    for (const positive of [[0, 0, 0, 0], { anchors: [1, 1, 1, 1], candidates: [1, 1, 1, 1] }]) {
      const loss = (a: tf.Tensor, c: tf.Tensor) =>
        infoNce(a as tf.Tensor2D, c as tf.Tensor2D, { positive, excluded, temperature: 0.05 });
      const gradients = tf
        .grads(loss)([a!, c!])
        .flatMap((gradient) => [...gradient.dataSync()]);
      expect(value(() => loss(a!, c!))).toBe(0); // one candidate is left: ln 1
      expect(gradients.every((x) => x === 0)).toBe(true);
    }
  });

  const groups = { anchors: [0, 1, 2, 0], candidates: [0, 1, 1, 0] };
  const choices: { name: string; options: InfoNceOptions }[] = [
    { name: "one positive", options: { positive: diagonal, temperature: 0.5 } },
    { name: "one excluded", options: { positive: diagonal, excluded: [1, 2, 3, 0] } },
    { name: "groups, one anchor without a positive", options: { positive: groups, excluded: diagonal } },
  ];
  it.each(choices)("has the gradient of its differences: $name", ({ options }) => {
    const loss = (a: tf.Tensor, c: tf.Tensor) => infoNce(a as tf.Tensor2D, c as tf.Tensor2D, options);
    expect(checkGradient(loss, tensors(z0, z1))).toBeLessThan(1e-2);
  });

  it("has the gradient of its differences: own, bias and temperature", () => {
    const loss = (a: tf.Tensor, c: tf.Tensor, own: tf.Tensor, bias: tf.Tensor, temperature: tf.Tensor) =>
      infoNce(a as tf.Tensor2D, c as tf.Tensor2D, {
        own: own as tf.Tensor2D,
        bias: bias as tf.Tensor1D,
        temperature: temperature as tf.Scalar,
      });
    const inputs = [...tensors(z0, z2, z1), tf.tensor1d([0.5, -0.5, 0, 1]), tf.scalar(0.5)];
    expect(checkGradient(loss, inputs)).toBeLessThan(1e-2);
  });

  it("is the same for a temperature that is a number and one that is a tensor", () => {
    const positive = diagonal;
    expect(engine(z0, z1, { positive, temperature: tf.scalar(0.5) })).toBe(
      engine(z0, z1, { positive, temperature: 0.5 }),
    );
  });

  it.each([0, 1e-8, -1, NaN, Infinity])("refuses a temperature of %d", (temperature) => {
    expect(() => engine(z0, z1, { positive: diagonal, temperature })).toThrow(
      `infoNce: temperature is above 1e-8 and finite; got ${temperature}.`,
    );
  });

  it("refuses what cannot be, and says why", () => {
    const [a, own] = tensors(z0, z1);
    expect(() => infoNce(a!, a!)).toThrow("infoNce: the positive is either positive or own; got neither.");
    expect(() => infoNce(a!, a!, { positive: diagonal, own: own! })).toThrow("got both.");
    expect(() => infoNce(a!, tf.zeros([4, 5]), { positive: diagonal })).toThrow("share d; got [4,6] and [4,5].");
    expect(() => infoNce(tf.zeros([0, 6]), a!, { positive: [] })).toThrow("at least one");
    expect(() => infoNce(a!, a!, { own: tf.zeros([3, 6]) })).toThrow(
      "own needs one row per anchor; got [3,6] for anchors [4,6].",
    );
    expect(() => infoNce(a!, a!, { positive: diagonal, bias: tf.zeros<tf.Rank.R1>([5]) })).toThrow(
      "bias is [4], one per candidate, or [4, 4]; got [5].",
    );
    expect(() => infoNce(a!, a!, { positive: [0] })).toThrow("positive needs one number per row, [4]; got [1].");
    expect(() => infoNce(a!, a!, { positive: diagonal, excluded: { anchors: diagonal, candidates: [0] } })).toThrow(
      "excluded.candidates needs",
    );
    expect(() => infoNce(a!, a!, { positive: tf.zeros<tf.Rank.R1>([4]) })).toThrow(
      'Make it with tf.tensor1d(values, "int32").',
    );
    expect(() => infoNce(a!, a!, { positive: diagonal, temperature: tf.zeros([1]) as unknown as tf.Scalar })).toThrow(
      "temperature is one number; got a tensor [1].",
    );
  });
});

function pair(anchors: Rows, candidates: Rows): [tf.Tensor2D, tf.Tensor2D] {
  const [a, c] = tensors(anchors, candidates);
  return [a!, c!];
}

import { beforeAll, describe, expect, it } from "vitest";
import { inBatch, ntXent, queued, supCon, symmetric } from "@nearfar/losses";
import { loadEngine, normalize, tf } from "@nearfar/tensor";
import { checkGradient, relativeError } from "@nearfar/testing";
import { losses } from "./goldenLosses.ts";
import type { Rows } from "./plain.ts";
import { tensors } from "./tensors.ts";
import { value } from "./value.ts";

beforeAll(() => void loadEngine());

type Sides = [left: tf.Tensor2D, right: tf.Tensor2D, third: tf.Tensor2D];
interface Adapter {
  name: string;
  loss: (sides: Sides, temperature?: number | tf.Scalar) => tf.Scalar;
  /** How many candidates an anchor tells apart, for n = 4. */
  candidates: number;
  /** The sides that it has a gradient for. */
  learns: number[];
}

const { z0, z1, z2, labels } = losses.inputs;
const [chanceOf8, chanceOf4] = [
  losses["ntxent_collapsed(all embeddings equal) = ln(2N-1)"],
  losses["infonce_or_clip_collapsed = ln(N)"],
];

/** One set of laws for all adapters, with n = 4 rows a side; `third` holds hard negatives or the queue. */
const adapters: Adapter[] = [
  { name: "ntXent", loss: ([a, b], temperature) => ntXent(a, b, { temperature }), candidates: 7, learns: [0, 1] },
  { name: "inBatch", loss: ([a, b], temperature) => inBatch(a, b, { temperature }), candidates: 4, learns: [0, 1] },
  {
    name: "inBatch with hard negatives",
    loss: ([a, b, hard], temperature) => inBatch(a, b, { hard, temperature }),
    candidates: 8,
    learns: [0, 1, 2],
  },
  { name: "symmetric", loss: ([a, b], temperature) => symmetric(a, b, { temperature }), candidates: 4, learns: [0, 1] },
  {
    name: "queued",
    loss: ([a, b, queue], temperature) => queued(a, b, { queue: normalize(queue), temperature }),
    candidates: 5,
    learns: [0],
  },
  {
    name: "supCon",
    loss: ([a, b], temperature) => supCon(tf.concat([a, b], 0), [...labels, ...labels], { temperature }),
    candidates: 7,
    learns: [0, 1],
  },
];

const sides = (...rows: [Rows, Rows, Rows]) => tensors(...rows) as Sides;

describe.each(adapters)("$name", ({ loss, candidates, learns }) => {
  it("is ln(candidates) when all embeddings are equal", () => {
    const ones = [tf.ones([4, 6]), tf.ones([4, 6]), tf.ones([4, 6])] as Sides;
    expect(value(() => loss(ones))).toBeCloseTo(Math.log(candidates), 5); // a uniform softmax
    if (candidates === 7) expect(value(() => loss(ones))).toBeCloseTo(chanceOf8, 5);
    if (candidates === 4) expect(value(() => loss(ones))).toBeCloseTo(chanceOf4, 5);
  });

  it("does not care how long embeddings are", () => {
    const given = value(() => loss(sides(z0, z1, z2)));
    const scaled = value(() =>
      loss(sides(z0, z1, z2).map((z, i) => tf.mul(z, tf.tensor2d([[3], [0.2], [1 + i], [7]]))) as Sides),
    );
    expect(relativeError([scaled], [given])).toBeLessThan(1e-5);
  });

  it("does not care in which order examples stand", () => {
    const order = [2, 3, 0, 1]; // labels 0, 1, 0, 1 stay as they are
    const move = (rows: Rows) => order.map((i) => rows[i]!);
    const given = value(() => loss(sides(z0, z1, z2)));
    expect(relativeError([value(() => loss(sides(move(z0), move(z1), move(z2))))], [given])).toBeLessThan(1e-5);
  });

  it("cares which row belongs to which", () => {
    const given = value(() => loss(sides(z0, z1, z2)));
    const shifted = [...z1.slice(1), z1[0]!];
    expect(Math.abs(value(() => loss(sides(z0, shifted, z2))) - given)).toBeGreaterThan(1e-2); // the same sets, paired wrongly
  });

  it("has the gradient of its differences, by its embeddings and a temperature that learns", () => {
    const given = sides(z0, z1, z2);
    const f = (...inputs: tf.Tensor[]) => {
      const all = given.map((side, i) => (learns.includes(i) ? inputs[learns.indexOf(i)]! : side)) as Sides;
      return loss(all, inputs.at(-1) as tf.Scalar);
    };
    expect(checkGradient(f, [...learns.map((i) => given[i]!), tf.scalar(0.5)])).toBeLessThan(1e-2);
  });

  it("has a finite gradient for an embedding of zeros", () => {
    const given = sides(z0, z1, z2);
    const withZeros = tf.concat([tf.zeros([1, 6]), tf.slice(given[0], [1, 0])], 0) as tf.Tensor2D;
    const gradient = tf.grad((a) => loss([a as tf.Tensor2D, given[1], given[2]]))(withZeros);
    expect([...gradient.dataSync()].every((x) => Number.isFinite(x))).toBe(true);
  });

  it("leaves no tensor behind", () => {
    const given = sides(z0, z1, z2);
    const engine = tf.backend() as unknown as { getNumOfTFTensors(): number };
    const run = () => {
      const { value, grads } = tf.tidy(() => tf.variableGrads(() => loss([variable, given[1], given[2]])));
      tf.dispose([value, ...Object.values(grads)]);
    };
    const variable = tf.variable(given[0]) as unknown as tf.Tensor2D;
    run();
    const before = engine.getNumOfTFTensors();
    run();
    expect(engine.getNumOfTFTensors()).toBe(before);
    expect(before).toBeGreaterThan(0);
  });

  it("refuses a temperature of 0", () => {
    expect(() => loss(sides(z0, z1, z2), 0)).toThrow("temperature is above 1e-8 and finite; got 0.");
  });
});

import { key } from "@nearfar/random";
import {
  batchNorm,
  type BatchNormParams,
  loadEngine,
  type Mode,
  type Scalar,
  seedOf,
  statistics,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
  tf,
} from "@nearfar/tensor";
import { checkGradient, relativeError } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { expectTorch, tensorOf, torch } from "./torch.ts";

beforeAll(() => void loadEngine());

const cases = Object.keys(torch).filter((name) => name.startsWith("batchNorm"));
const training = () => ({ training: true, seed: seedOf(key(0)), statistics: statistics() }) satisfies Mode;
const forget = ({ statistics }: ReturnType<typeof training>) => tf.dispose([...statistics.entries().values()]);

describe("batchNorm", () => {
  it.each(cases)("%s: PyTorch's values and gradients", (name) => {
    const modes: ReturnType<typeof training>[] = [];
    const mode = (): Mode => {
      if (name.endsWith("evaluation")) return { training: false };
      modes.push(training());
      return modes.at(-1)!;
    };
    expectTorch(name, ({ x, ...params }) => batchNorm(params as unknown as BatchNormParams, x!, mode()));
    modes.forEach(forget);
  });

  it.each(cases)("%s: PyTorch's running statistics", (name) => {
    tf.tidy(() => {
      const { inputs, after } = torch[name]!;
      const { x, ...params } = Object.fromEntries(
        Object.entries(inputs).map(([input, flat]) => [input, tensorOf(flat)]),
      );
      const mode = training();
      batchNorm(params as unknown as BatchNormParams, x!, name.endsWith("evaluation") ? { training: false } : mode);
      for (const leaf of ["running_mean", "running_var"]) {
        const now = mode.statistics.latest(params[leaf]!).dataSync();
        expect(relativeError(now, after![leaf]!.values), leaf).toBeLessThan(1e-5);
      }
      expect(mode.statistics.entries().size).toBe(name.endsWith("evaluation") ? 0 : 2);
      forget(mode);
    });
  });

  it("updates twice when it runs twice in a step", () => {
    tf.tidy(() => {
      const params = { running_mean: tf.zeros([1]) as Tensor1D, running_var: tf.ones([1]) as Tensor1D };
      const mode = training();
      const x = tf.tensor2d([1, 3], [2, 1]);
      batchNorm(params, x, mode);
      batchNorm(params, x, mode);
      // Closed form: mean 2, variance 2 (unbiased): 0 -> 0.2 -> 0.38, 1 -> 1.1 -> 1.19.
      expect(mode.statistics.latest(params.running_mean).dataSync()[0]).toBeCloseTo(0.38, 6);
      expect(mode.statistics.latest(params.running_var).dataSync()[0]).toBeCloseTo(1.19, 6);
      expect([params.running_mean.dataSync()[0], params.running_var.dataSync()[0]]).toEqual([0, 1]);
      forget(mode);
    });
  });

  it.each([true, false])("meets finite differences (training: %s)", (isTraining) => {
    tf.tidy(() => {
      const x = tf.tensor4d([1, 2, 4, -1, 0.5, 0, 3, 1.5], [2, 2, 1, 2]);
      const running = { running_mean: tf.tensor1d([0.5, 1]), running_var: tf.tensor1d([2, 1.5]) };
      const f = (x: Tensor, weight: Tensor, bias: Tensor) => {
        const mode = training();
        const params = { ...running, weight: weight as Tensor1D, bias: bias as Tensor1D };
        const y = batchNorm(params, x as Tensor4D, isTraining ? mode : { training: false });
        forget(mode);
        return tf.sum(tf.mul(tf.square(y), tf.reshape(tf.range(1, 9), y.shape))) as Scalar;
      };
      expect(checkGradient(f as never, [x, tf.tensor1d([1, 0.5]), tf.tensor1d([0, 1])])).toBeLessThan(1e-2);
    });
  });

  it("leaves nothing behind but its result and the statistics", () => {
    const params = { running_mean: tf.zeros([3]) as Tensor1D, running_var: tf.ones([3]) as Tensor1D };
    const x = tf.ones([4, 3]);
    const before = tf.memory().numTensors;
    const mode = training();
    const y = tf.tidy(() => batchNorm(params, x, mode));
    expect(tf.memory().numTensors - before).toBe(4); // y, seed, two statistics
    forget(mode);
    tf.dispose([y, x, mode.seed, params.running_mean, params.running_var]);
  });
});

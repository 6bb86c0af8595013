import { adagrad, adamW, clipByGlobalNorm, clipped, globalNorm, lars, sgd, type Optimizer } from "@nearfar/optimizers";
import { leaves, loadEngine, tf, type Gradient, type RowsGradient, type Scalar, type Tensor2D } from "@nearfar/tensor";
import { relativeError } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { golden, wave } from "./golden.ts";

beforeAll(() => void loadEngine());

const table = () => tf.tensor2d(wave("table", 0, 15), [5, 3]);
const byRows = (step: number, rows: readonly number[]): RowsGradient => ({
  indices: tf.tensor1d([...rows], "int32"),
  values: tf.tensor2d(wave("table", step, 3 * rows.length), [rows.length, 3]),
});
const whole = ({ indices, values }: RowsGradient): Tensor2D =>
  tf.scatterND(tf.expandDims(indices, 1), values, [5, 3]) as Tensor2D;
const gradients = (gradient: Gradient) => new Map([["table", gradient]]);

describe("a gradient by rows", () => {
  it("moves what PyTorch's SparseAdam moves", () => {
    tf.tidy(() => {
      const optimizer = adamW({ weightDecay: 0 });
      let params: { table: Tensor2D } = { table: table() };
      let slots = optimizer.init(params);
      golden.sparse.steps.forEach(({ rows, table: expected }, i) => {
        const after = optimizer.update(gradients(byRows(i + 1, rows)), params, slots, tf.scalar(golden.sparse.rate));
        params = after.params as typeof params;
        slots = after.slots;
        expect(relativeError(params.table.dataSync(), expected), `step ${i + 1}`).toBeLessThan(1e-5);
      });
    });
  });

  it.each<[string, Optimizer]>([
    ["sgd", sgd({ momentum: 0.9, nesterov: true })],
    ["adamW", adamW({ weightDecay: 0.1 })],
    ["adagrad", adagrad()],
    ["lars", lars({ weightDecay: 0.1 })],
  ])("%s: of all rows is the whole gradient", (_, optimizer) => {
    tf.tidy(() => {
      const sides = [true, false].map((rows) => {
        let params: { table: Tensor2D } = { table: table() };
        let slots = optimizer.init(params);
        for (let step = 1; step <= 3; step++) {
          const gradient = byRows(step, [2, 0, 1, 4, 3]);
          const after = optimizer.update(gradients(rows ? gradient : whole(gradient)), params, slots, tf.scalar(0.1));
          params = after.params as typeof params;
          slots = after.slots;
        }
        return params.table.dataSync();
      });
      expect(relativeError(sides[0]!, sides[1]!)).toBeLessThan(1e-6);
    });
  });

  it("adagrad: of some rows is the whole gradient", () => {
    tf.tidy(() => {
      const sides = [true, false].map((rows) => {
        let params: { table: Tensor2D } = { table: table() };
        let slots = adagrad().init(params);
        for (const [i, some] of [[0, 3], [3], [4, 0, 1]].entries()) {
          const gradient = byRows(i + 1, some);
          const after = adagrad().update(gradients(rows ? gradient : whole(gradient)), params, slots, tf.scalar(0.1));
          params = after.params as typeof params;
          slots = after.slots;
        }
        return params.table.dataSync();
      });
      expect(relativeError(sides[0]!, sides[1]!)).toBeLessThan(1e-6);
    });
  });

  it("leaves the other rows, and their slots, as they were", () => {
    tf.tidy(() => {
      const optimizer = adamW({ weightDecay: 0.5 });
      const params = { table: table() };
      const before = params.table.arraySync();
      const after = optimizer.update(gradients(byRows(1, [3])), params, optimizer.init(params), tf.scalar(0.1));
      const rows = (after.params.table as Tensor2D).arraySync();
      expect(rows.filter((_, i) => i !== 3)).toEqual(before.filter((_, i) => i !== 3));
      expect(rows[3]).not.toEqual(before[3]);
      for (const [path, slot] of leaves(after.slots))
        if (slot.rank === 2)
          expect(
            (slot.arraySync() as number[][]).map((row) => row.some(Boolean)),
            path,
          ).toEqual([false, false, false, true, false]);
    });
  });

  it("is refused where its rows are not as wide as the table", () => {
    tf.tidy(() => {
      const gradient = { indices: tf.tensor1d([0], "int32"), values: tf.ones([1, 4]) as Tensor2D };
      const params = { table: table() };
      const optimizer = sgd();
      expect(() => optimizer.update(gradients(gradient), params, optimizer.init(params), tf.scalar(1))).toThrow(
        /\[5,4\]/,
      );
    });
  });

  it("has the length of the whole, and is clipped like it", () => {
    tf.tidy(() => {
      const gradient = byRows(1, [4, 1]);
      const norm = (one: Gradient) => globalNorm(gradients(one)).dataSync()[0]!;
      expect(norm(gradient)).toBeCloseTo(norm(whole(gradient)), 6);
      const clippedRows = clipByGlobalNorm(gradients(gradient), 0.5).get("table") as RowsGradient;
      const clippedWhole = clipByGlobalNorm(gradients(whole(gradient)), 0.5).get("table") as Tensor2D;
      expect(relativeError(whole(clippedRows).dataSync(), clippedWhole.dataSync())).toBeLessThan(1e-6);
    });
  });
});

describe("clipped", () => {
  it("steps by the clipped gradient", () => {
    tf.tidy(() => {
      const params = { table: table() };
      const gradient = tf.fill([5, 3], 2) as Tensor2D; // length 2 √15
      const plain = sgd({ momentum: 0 });
      const step = (optimizer: Optimizer) =>
        optimizer.update(gradients(gradient), params, optimizer.init(params), tf.scalar(1)).params.table as Tensor2D;
      const moved = (after: Tensor2D) => tf.norm(tf.sub(after, params.table)).dataSync()[0];
      expect(moved(step(plain))).toBeCloseTo(2 * Math.sqrt(15), 5);
      expect(moved(step(clipped(plain, 1)))).toBeCloseTo(1, 5);
    });
  });

  it("leaves nothing behind but the new weights and slots", () => {
    const optimizer = clipped(adamW());
    const params = { table: table() };
    const slots = optimizer.init(params);
    const gradient = byRows(1, [0, 2]);
    const rate: Scalar = tf.scalar(0.1);
    const before = tf.memory().numTensors;
    const after = optimizer.update(gradients(gradient), params, slots, rate);
    expect(tf.memory().numTensors - before).toBe(4); // the table, its two slots, the step
    tf.dispose([params, slots, gradient, rate, after] as never);
  });
});

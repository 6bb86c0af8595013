import { key, normals } from "@nearfar/random";
import {
  gatherRows,
  loadEngine,
  lookup,
  lookups,
  scatterAdd,
  segmentMean,
  seedOf,
  statistics,
  tf,
  valueAndGradients,
  writeRows,
  type Lookups,
  type Mode,
  type RowsGradient,
  type Scalar,
  type Tensor,
  type Tensor2D,
} from "@nearfar/tensor";
import { checkGradient, relativeError, tensorCount } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => void loadEngine());

const table = () => tf.tensor2d(normals(key(1), 24), [8, 3]);
const ids = () => tf.tensor1d([5, 1, 5, 7, 0], "int32");
const segments = () => ({ rows: tf.tensor1d([0, 0, 0, 2, 3], "int32"), count: 5 }); // texts 1 and 4 have no token
const evaluation: Mode = { training: false };
const training = (lookups?: Lookups): Mode =>
  ({ training: true, seed: seedOf(key(0)), statistics: statistics(), ...(lookups && { lookups }) }) as const;

describe("lookup", () => {
  it("takes rows by their numbers", () => {
    tf.tidy(() => {
      const all = table().arraySync();
      expect(lookup(table(), ids(), evaluation).arraySync()).toEqual([5, 1, 5, 7, 0].map((id) => all[id]));
      expect(lookup(table(), ids(), training(lookups())).arraySync()).toEqual([5, 1, 5, 7, 0].map((id) => all[id]));
    });
  });

  it("meets finite differences", () => {
    tf.tidy(() => {
      const f = (x: Tensor) => tf.sum(tf.square(tf.square(lookup(x as Tensor2D, ids(), evaluation)))) as Scalar;
      expect(checkGradient(f as never, [table()])).toBeLessThan(1e-2);
    });
  });
});

describe("segmentMean", () => {
  it("is the mean of the rows of each segment, 0 without any", () => {
    tf.tidy(() => {
      const all = table().arraySync();
      const mean = [0, 1, 2].map((i) => (all[5]![i]! + all[1]![i]! + all[5]![i]!) / 3);
      const expected = [mean, [0, 0, 0], all[7]!, all[0]!, [0, 0, 0]].flat();
      expect(relativeError(segmentMean(table(), ids(), segments(), evaluation).dataSync(), expected)).toBeLessThan(
        1e-6,
      );
    });
  });

  it("meets finite differences", () => {
    tf.tidy(() => {
      const f = (x: Tensor) =>
        tf.sum(tf.square(tf.square(segmentMean(x as Tensor2D, ids(), segments(), evaluation)))) as Scalar;
      expect(checkGradient(f as never, [table()])).toBeLessThan(1e-2);
    });
  });
});

describe("gradients by rows", () => {
  const loss = (params: { table: Tensor2D }, mode: Mode, tied: boolean) => () => {
    const mean = segmentMean(params.table, ids(), segments(), mode);
    const both = tf.add(mean, lookup(params.table, tf.tensor1d([1, 2, 2, 3, 1], "int32"), mode));
    return tf.sum(tf.square(tied ? tf.matMul(both, params.table, false, true) : both)) as Scalar;
  };
  const gradientsOf = (tied: boolean) => {
    const params = { table: table() };
    const used = lookups();
    const dense = valueAndGradients(loss(params, training(), tied), params).gradients.get("table")!;
    const other = valueAndGradients(loss(params, training(used), tied), params, used).gradients.get("table")!;
    return { dense, other };
  };

  it("are the rows of the whole gradient that are not 0, each once, of all lookups together", () => {
    tf.tidy(() => {
      const { dense, other } = gradientsOf(false);
      const { indices, values } = other as RowsGradient;
      expect([...indices.dataSync()].sort()).toEqual([0, 1, 2, 3, 5, 7]);
      expect(relativeError(values.dataSync(), gatherRows(dense as Tensor2D, indices).dataSync())).toBeLessThan(1e-6);
      const whole = scatterAdd(tf.zeros<tf.Rank.R2>([8, 3]), other as RowsGradient);
      expect(relativeError(whole.dataSync(), dense.dataSync())).toBeLessThan(1e-6);
    });
  });

  it("become whole where the table is also used whole", () => {
    tf.tidy(() => {
      const { dense, other } = gradientsOf(true);
      expect(relativeError((other as Tensor).dataSync(), dense.dataSync())).toBeLessThan(1e-6);
    });
  });

  it("leave nothing behind but the value and the gradients", () => {
    const params = { table: table() };
    const take = (tied: boolean) => {
      const before = [tf.memory().numTensors, tensorCount()];
      const used = lookups();
      const mode = training(used);
      const { value, gradients } = valueAndGradients(() => tf.tidy(loss(params, mode, tied)), params, used);
      const gradient = gradients.get("table")!;
      const kept = "values" in gradient ? 4 : 3; // value, gradient (or its two parts), seed
      expect([tf.memory().numTensors - before[0]!, tensorCount() - before[1]!]).toEqual([kept, kept - 1]); // nothing uploads the seed
      tf.dispose([value, gradient, (mode as { seed: Tensor }).seed] as never);
    };
    tf.dispose(valueAndGradients(loss(params, training(), false), params) as never); // whatever is uploaded lazily is there now
    take(false);
    take(true);
    params.table.dispose();
  });
});

describe("writeRows", () => {
  it("writes in place, into memory that outlives the first handle", () => {
    tf.tidy(() => {
      const matrix = tf.add(table(), 0) as Tensor2D;
      const before = matrix.arraySync();
      const after = writeRows(matrix, tf.tensor1d([2, 6], "int32"), tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]));
      expect(matrix.arraySync()[2]).toEqual([1, 2, 3]);
      matrix.dispose();
      const rows = after.arraySync();
      expect([rows[2], rows[6]]).toEqual([[1, 2, 3], [4, 5, 6]]); // prettier-ignore
      expect(rows.filter((_, i) => i !== 2 && i !== 6)).toEqual(before.filter((_, i) => i !== 2 && i !== 6));
    });
  });
});

import { tf } from "@nearfar/tensor";
import { columns, type Columns } from "./columns.ts";
import { diagonal } from "./diagonal.ts";

/** What belongs together of n left rows and m right rows: the number of rights per left, and a label on each side. */
export interface PairGroups {
  readonly each: number;
  readonly left: Columns;
  readonly right: Columns;
}

/**
 * The labels of n lefts and m = each · n rights of which right j belongs to left j mod n: `groups`, one per left, or without it the left's number.
 *
 * Throws RangeError, `name: invariant; got ...`, where the rights do not come in whole columns or a side is no matrix.
 */
export function pairGroups(name: string, left: tf.Tensor2D, right: tf.Tensor2D, groups?: Columns): PairGroups {
  const [[n, d], [m, e]] = [left.shape, right.shape];
  const each = m / n;
  const got = `got [${left.shape.join(", ")}] and [${right.shape.join(", ")}]`;
  if (left.rank !== 2 || right.rank !== 2) throw new RangeError(`${name}: embeddings are [n, d]; ${got}.`);
  if (d !== e)
    throw new RangeError(`${name}: both sides have one width; ${got}. Do both sides end in the same dimension?`);
  if (!Number.isInteger(each) || each < 1)
    throw new RangeError(
      `${name}: each left needs one right, or as many as every other; ${got}. Was a batch dropped on one side?`,
    );
  if (!groups) {
    const own = diagonal(n);
    return { each, left: own, right: new Array<number[]>(each).fill(own).flat() };
  }
  const labels = columns("groups", groups, n);
  return { each, left: labels, right: tf.tile(labels, [each]) };
}

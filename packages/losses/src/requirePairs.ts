import type { tf } from "@nearfar/tensor";

/** Throws RangeError, `name: invariant; got ...`, unless two sides have the same shape `[n, d]`. */
export function requirePairs(name: string, invariant: string, left: tf.Tensor2D, right: tf.Tensor2D): void {
  if (left.rank !== 2 || right.rank !== 2)
    throw new RangeError(
      `${name}: embeddings are [n, d]; got [${left.shape.join(", ")}] and [${right.shape.join(", ")}].`,
    );
  if (left.shape[0] === right.shape[0] && left.shape[1] === right.shape[1]) return;
  const got = `got [${left.shape.join(", ")}] and [${right.shape.join(", ")}]`;
  const fix =
    left.shape[0] === right.shape[0] ? "Do both sides end in the same dimension?" : "Was a batch dropped on one side?";
  throw new RangeError(`${name}: ${invariant}; ${got}. ${fix}`);
}

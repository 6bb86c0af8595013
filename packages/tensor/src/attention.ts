import type { Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from "@tensorflow/tfjs-core";
import { gatherRows } from "./gatherRows.ts";
import { native } from "./native.ts";
import { tf } from "./tf.ts";

/** Where packed tokens lie in the grid `[n, heads, t]` of their texts, as numbers of rows: one index into each from the other. */
export interface AttentionGrid {
  readonly shape: readonly [n: number, heads: number, t: number];
  /** For each cell its row in `[total * heads, d / heads]`; a cell of padding may name any. Int32 `[n, heads, t]`. */
  readonly cells: Tensor3D;
  /** For each token and head its cell. Int32 `[total, heads]`. */
  readonly places: Tensor2D;
  /** 1 where a text has a token, 0 where it is padding, float32 `[n, t]`; none where no text is shorter than t. */
  readonly mask?: Tensor2D;
}

export interface AttentionOptions {
  /** Added to the scores before the softmax, learned or not, `[1, heads, t, t]`: relative positions. */
  readonly bias?: Tensor4D;
  /** Multiplies the probabilities, `[n, heads, t, t]`: see `dropoutMask`. */
  readonly kept?: Tensor4D;
  /** A token attends to itself and those before it alone. */
  readonly causal?: boolean;
}

/**
 * Self-attention of packed tokens within their texts, all heads at once: queries, keys and values `[total, d]` each -> `[total, d]`.
 *
 * softmax(q kᵀ / √(d / heads) + bias) v per text and head. Vaswani et al. 2017, eq. 1. Only here tokens lie in a padded grid; rows are copied
 * into it and back, so that nothing is transposed.
 */
export function attention(
  [queries, keys, values]: readonly [Tensor2D, Tensor2D, Tensor2D],
  grid: AttentionGrid,
  { bias, kept, causal = false }: AttentionOptions = {},
): Tensor2D {
  const [n, heads, t] = grid.shape;
  const [total, d] = queries.shape;
  const size = d / heads;
  const toGrid = (x: Tensor, cells: Tensor) => rowsOf(x, [total * heads, size], cells);
  const fromGrid = (x: Tensor, places: Tensor) => tf.reshape(rowsOf(x, [n * heads * t, size], places), [total, d]);
  const scaled = (x: Tensor) => tf.mul(x, 1 / Math.sqrt(size));

  const op = tf.customGrad((...inputs) => {
    const save = inputs.at(-1) as unknown as tf.GradSaveFunc;
    const [q, k, v] = [scaled(inputs[0] as Tensor), inputs[1] as Tensor, inputs[2] as Tensor].map((x) =>
      toGrid(x, grid.cells),
    ) as [Tensor, Tensor, Tensor];
    // Padding stands behind its text, where no token looks if it looks back only.
    const hidden = causal ? future(t) : grid.mask && hide(grid.mask);
    const p = softmax(product(q, k, "right"), [bias, hidden]); // [n, heads, t, t]
    const used = kept ? tf.mul(p, kept) : p;
    // What is saved lives until the gradient, whoever made it.
    save([q, k, v, p, used, grid.cells, grid.places, ...(grid.mask ? [grid.mask] : []), ...(kept ? [kept] : [])]);
    return {
      value: fromGrid(product(used, v), grid.places),
      gradFunc: (dy, [q, k, v, p, used, cells, places, ...rest]) =>
        tf.tidy(() => {
          const mask = grid.mask && (rest[0] as Tensor2D);
          const out = shown(toGrid(dy as Tensor, cells!), mask); // what padding read has no gradient
          const dp = product(out, v!, "right");
          const along = kept ? tf.mul(dp, rest.at(-1)!) : dp;
          const scores = tf.mul(p!, tf.sub(along, tf.sum(tf.mul(along, p!), -1, true))); // the softmax's gradient
          const three = [product(scores, k!), product(scores, q!, "left"), product(used!, out, "left")];
          const [dq, dk, dv] = three.map((x) => fromGrid(x, places!)) as [Tensor, Tensor, Tensor];
          return [scaled(dq), dk, dv, ...(bias ? [tf.sum(scores, 0, true)] : [])];
        }),
    };
  });
  return op(queries, keys, values, ...(bias ? [bias] : [])) as Tensor2D;
}

const float = { T: { type: "float32" } } as const;

/** Rows of x, seen as a matrix of that shape, in the form of the indices: `[...indices, size]`. */
function rowsOf(x: Tensor, shape: [number, number], indices: Tensor): Tensor {
  return gatherRows(tf.reshape(x, shape) as Tensor2D, indices as Tensor1D); // the engine takes indices of any rank
}

/** Matrices of the last two axes, multiplied; one of them transposed. */
function product(a: Tensor, b: Tensor, transposed?: "left" | "right"): Tensor {
  const adj = { adj_x: { bool: transposed === "left" }, adj_y: { bool: transposed === "right" } };
  return native("BatchMatMulV2", [a, b], { ...float, ...adj })[0]!;
}

function softmax(scores: Tensor, terms: readonly (Tensor | undefined)[]): Tensor {
  const sum = terms.reduce<Tensor>((sum, term) => (term ? tf.add(sum, term) : sum), scores);
  return native("Softmax", [sum], float)[0]!;
}

/** Keys of padding get no probability: -1e9 beside scores is minus infinity, without its NaN. */
function hide(mask: Tensor2D): Tensor {
  return tf.reshape(tf.mul(tf.sub(mask, 1), 1e9), [mask.shape[0], 1, 1, mask.shape[1]]);
}

/** The same for keys behind their query, `[t, t]`. */
function future(t: number): Tensor {
  const place = tf.range(0, t, 1, "int32");
  const behind = tf.greater(tf.reshape(place, [1, t]), tf.reshape(place, [t, 1]));
  return tf.mul(tf.cast(behind, "float32"), -1e9);
}

function shown(x: Tensor, mask?: Tensor2D): Tensor {
  return mask ? tf.mul(x, tf.reshape(mask, [mask.shape[0], 1, mask.shape[1], 1])) : x;
}

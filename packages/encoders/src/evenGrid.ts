import { tf, type AttentionGrid, type Tensor2D, type Tensor3D } from "@nearfar/tensor";

/** Where n packed texts, or pictures, of t tokens each lie in their grid, for `attention` with so many heads; the caller owns the tensors. */
export function evenGrid([n, heads, t]: readonly [n: number, heads: number, t: number]): AttentionGrid {
  const [cells, places] = tf.tidy(() => {
    const count = (size: number, shape: number[], step: number) =>
      tf.reshape(tf.mul(tf.range(0, size, 1, "int32"), tf.scalar(step, "int32")), shape);
    const text = (step: number) => count(n, [n, 1, 1], step);
    const head = (shape: number[], step: number) => count(heads, shape, step);
    const token = (shape: number[], step: number) => count(t, shape, step);
    const cells = tf.add(tf.add(text(t * heads), token([1, 1, t], heads)), head([1, heads, 1], 1)); // [n, heads, t]
    const places = tf.add(tf.add(text(heads * t), token([1, t, 1], 1)), head([1, 1, heads], t)); // [n, t, heads]
    return [cells, tf.reshape(places, [n * t, heads])] as [Tensor3D, Tensor2D];
  });
  return { shape: [n, heads, t], cells, places };
}

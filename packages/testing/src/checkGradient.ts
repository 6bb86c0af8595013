import { type Scalar, type Tensor, tf } from "@nearfar/tensor";

/**
 * The largest relative error between the gradient of `f` by automatic differentiation and by central differences, over all entries.
 *
 * `f` maps the inputs to a scalar. The error of an entry is `|analytic - numeric| / max(1, |gradient|∞)`: float32 leaves about
 * 1e-3 at the default step, so ask for less than 1e-2.
 */
export function checkGradient(f: (...inputs: Tensor[]) => Scalar, inputs: Tensor[], { step = 1e-2 } = {}): number {
  return tf.tidy(() => {
    const { grads } = tf.engine().gradients(() => f(...inputs), inputs);
    const analytic = grads.map((gradient) => gradient.dataSync());
    const largest = Math.max(1, ...analytic.map((gradient) => Math.max(...gradient.map(Math.abs))));
    return Math.max(...inputs.map((_, which) => errorOf(f, inputs, which, analytic[which]!, step))) / largest;
  });
}

function errorOf(
  f: (...inputs: Tensor[]) => Scalar,
  inputs: Tensor[],
  which: number,
  analytic: ArrayLike<number>,
  step: number,
): number {
  const input = inputs[which]!;
  const values = Float32Array.from(input.dataSync());
  const at = (i: number, delta: number) => {
    const moved = Float32Array.from(values);
    moved[i]! += delta;
    return f(...inputs.map((other, j) => (j === which ? tf.tensor(moved, input.shape) : other))).dataSync()[0]!;
  };
  return values.reduce((worst, _, i) => {
    const numeric = (at(i, step) - at(i, -step)) / (2 * step);
    return Math.max(worst, Math.abs(numeric - analytic[i]!));
  }, 0);
}

import { leaves, scatterAdd, tf, type Gradient, type Params, type Tensor, type Tensor2D } from "@nearfar/tensor";

/** The gradients, those by rows as large as their leaves: for rules that need the whole leaf's length. */
export function wholeGradients(gradients: ReadonlyMap<string, Gradient>, params: Params): Map<string, Tensor> {
  const all = leaves(params);
  return new Map(
    [...gradients].map(([path, gradient]) => [
      path,
      "values" in gradient ? scatterAdd(tf.zerosLike(all.get(path) as Tensor2D), gradient) : gradient,
    ]),
  );
}

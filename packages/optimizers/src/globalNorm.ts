import { tf, type Gradient, type Scalar } from "@nearfar/tensor";

/** The length of all gradients as one vector, `√Σ|g|²`: worth logging beside the loss, since it explodes first. Not finite where a gradient is not. */
export function globalNorm(gradients: ReadonlyMap<string, Gradient>): Scalar {
  return tf.tidy(() =>
    tf.sqrt(
      tf.addN([
        tf.scalar(0),
        ...[...gradients.values()].map(
          (gradient) => tf.sum(tf.square("values" in gradient ? gradient.values : gradient)) as Scalar,
        ),
      ]),
    ),
  );
}

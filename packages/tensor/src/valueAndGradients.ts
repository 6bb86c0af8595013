import type { Scalar, Tensor } from "@tensorflow/tfjs-core";
import { leaves } from "./leaves.ts";
import { isTrainable } from "./isTrainable.ts";
import type { Params } from "./params.ts";
import { tf } from "./tf.ts";

/**
 * The value of `loss()` and its gradient by every trainable leaf of `params` that it uses, by dotted path; the caller owns them.
 *
 * A trainable leaf without a path to the loss has no entry. Other results of the forward pass leave it through `tf.keep`.
 */
export function valueAndGradients(
  loss: () => Scalar,
  params: Params,
): { value: Scalar; gradients: Map<string, Tensor> } {
  const trainable = [...leaves(params)].filter(([path]) => isTrainable(path));
  const tensors = trainable.map(([, leaf]) => leaf);
  const { value, grads } = tf.engine().gradients(loss, tensors, undefined, true);
  const gradients = new Map<string, Tensor>();
  trainable.forEach(([path], i) => grads[i] && gradients.set(path, grads[i]));
  return { value: value as Scalar, gradients };
}

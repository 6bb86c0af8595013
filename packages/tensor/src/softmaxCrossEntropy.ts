import type { Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import { native } from "./native.ts";
import { tf } from "./tf.ts";

/**
 * Softmax cross-entropy per row, loss and gradient of the logits in one operation.
 *
 * `-Σ_j p_ij log softmax(logits_i)_j`; `labels` are the right column per row (int32 `[n]`) or a distribution per row (float32 `[n, m]`,
 * rows sum to 1). Logits `[n, m]`, result `[n]`. No gradient flows to the labels. Throws RangeError where the shapes do not meet.
 */
export function softmaxCrossEntropy(logits: Tensor2D, labels: Tensor1D | Tensor2D): Tensor1D {
  const [n, m] = logits.shape;
  const meets = labels.rank === 1 ? labels.shape[0] === n : labels.shape[0] === n && labels.shape[1] === m;
  if (!meets)
    throw new RangeError(
      `softmaxCrossEntropy: labels are one column per row, or a row of probabilities; got logits [${n}, ${m}], labels [${labels.shape}].`,
    );
  const op = tf.customGrad((input, save) => {
    const [loss, gradient] = crossEntropy(input as Tensor, labels);
    (save as tf.GradSaveFunc)([gradient!]);
    return { value: loss!, gradFunc: (dy, [saved]) => tf.mul(tf.expandDims(dy as Tensor, 1), saved!) };
  });
  return op(logits) as Tensor1D;
}

function crossEntropy(logits: Tensor, labels: Tensor): Tensor[] {
  if (labels.rank === 2)
    return native("SoftmaxCrossEntropyWithLogits", [logits, labels], { T: { type: "float32" } }, 2);
  const types = { T: { type: "float32" }, Tlabels: { type: "int32" } } as const;
  return native("SparseSoftmaxCrossEntropyWithLogits", [logits, labels], types, 2);
}

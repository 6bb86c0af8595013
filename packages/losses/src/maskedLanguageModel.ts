import { softmaxCrossEntropy, tf } from "@nearfar/tensor";

/**
 * Masked language modelling: the word that stood at a place, by what a model predicts there; the mean over the masked places, in nats.
 *
 * `mean_i -log softmax(logits_i)_{label_i}` over the places with a label of 0 or more; others (PyTorch's -100) do not count. Logits `[k, v]`, labels
 * int32 `[k]`. Without a masked place it is 0; logits that know nothing give ln v. Throws RangeError where shapes do not meet.
 * Source: Devlin et al. 2019, section 3.1; Hugging Face's `BertForMaskedLM`.
 */
export function maskedLanguageModel(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Scalar {
  if (labels.rank !== 1 || labels.shape[0] !== logits.shape[0] || labels.dtype !== "int32")
    throw new RangeError(
      `maskedLanguageModel: labels are int32, one per row of logits [${logits.shape.join(", ")}]; got ${labels.dtype} [${(labels.shape as number[]).join(", ")}].`,
    );
  const masked = tf.cast(tf.greaterEqual(labels, 0), "float32"); // [k]
  const losses = softmaxCrossEntropy(logits, tf.maximum(labels, tf.scalar(0, "int32"))); // [k]
  return tf.div(tf.sum(tf.mul(losses, masked)), tf.maximum(tf.sum(masked), 1));
}

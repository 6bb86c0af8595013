import type { Vectors } from "@nearfar/formats";
import { normalize, tf, type Params, type Tensor2D } from "@nearfar/tensor";
import type { Encoder } from "./encoder.ts";
import type { SentenceEncoder } from "./sentenceEncoder.ts";

/** A head with its weights. */
export interface TextHead {
  readonly encoder: Encoder<Tensor2D>;
  readonly params: Params;
}

/** An encoder of texts, with a head on top where there is one, that gives vectors of length 1, `[n, h] -> [n, d]`; it owns both their weights from here. */
export function projectedTexts(texts: SentenceEncoder, head?: TextHead): SentenceEncoder {
  const dimensions = head?.encoder.features ?? texts.dimensions;
  const finished = (rows: Tensor2D): Tensor2D =>
    normalize(head ? head.encoder.apply(head.params, rows, { training: false }) : rows); // [n, d]
  return {
    name: texts.name,
    dimensions,
    get truncated() {
      return texts.truncated;
    },
    async encode(list, options): Promise<Vectors> {
      const { rows, dimensions: width, data } = await texts.encode(list, options);
      if (rows === 0) return { rows, dimensions, data: new Float32Array() };
      const values = tf.tidy(() => finished(tf.tensor2d(data, [rows, width])).dataSync<"float32">());
      return { rows, dimensions, data: values };
    },
    dispose() {
      texts.dispose();
      if (head) tf.dispose(head.params);
    },
  };
}

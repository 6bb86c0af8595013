import type { TextStart } from "@nearfar/encoders";
import { tf, type Params, type Tensor2D } from "@nearfar/tensor";

/**
 * A static start to which the unknown token says nothing: its row begins at 0, and training passes over it wherever a text has another token.
 *
 * Otherwise every word that is not in the vocabulary would pull its text towards one random vector.
 */
export function withoutUnknown(start: TextStart): TextStart {
  const { unknown } = start.tokenizer.special;
  if (unknown === undefined) return start;
  const { encoder } = start;
  return Object.assign(Object.create(start) as TextStart, {
    encoder: {
      ...encoder,
      init: (...given: Parameters<typeof encoder.init>) => silenced(encoder.init(...given), unknown),
    },
    wrap(ids: Int32Array) {
      const known = ids.filter((id) => id !== unknown);
      return start.wrap(known.length > 0 ? known : ids);
    },
  });
}

function silenced(params: Params, unknown: number): Params {
  const { weight, ...rest } = params.embedding as { weight: Tensor2D };
  const kept = tf.tidy(() => {
    const [rows] = weight.shape;
    const mask = new Float32Array(rows).fill(1);
    mask[unknown] = 0;
    return tf.mul(weight, tf.tensor2d(mask, [rows, 1])) as Tensor2D;
  });
  weight.dispose();
  return { embedding: { weight: kept, ...rest } };
}

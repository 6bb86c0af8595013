import { pairDistillation } from "@nearfar/losses";
import { type Scalar, type Tensor2D, tf } from "@nearfar/tensor";
import type { ColumnEmbeddings } from "./columnEmbeddings.ts";
import { joinColumns } from "./joinColumns.ts";
import { learnedScale } from "./learnedScale.ts";
import type { Method } from "./method.ts";
import type { PairBatch } from "./pairBatch.ts";
import type { PairEmbeddings } from "./pairEmbeddings.ts";
import { splitColumns } from "./splitColumns.ts";

export interface WithTeacherOptions {
  /** Of the distillation. */
  readonly weight?: number;
  /** The teacher's own: 1 / what it multiplies its cosines by. */
  readonly teacherTemperature?: number;
}

/** The method's embeddings, and the teacher's of the same pictures and texts, `[n, e]` each. */
export type TaughtPairs<Embeddings> = Readonly<{
  inner: Embeddings;
  teacher: Readonly<{ images: Tensor2D; texts: ColumnEmbeddings }>;
}>;

/**
 * A method of pairs with a teacher's opinion added: `loss + weight · pairDistillation`, at the method's own temperature that learns. Wu et al. 2023
 * (TinyCLIP), section 3.1; as mlfoundations/open_clip's `DistillClipLoss`.
 *
 * A batch has the teacher's vectors of its pictures and texts, made beforehand, of any width; no gradient flows to them. Weight 1 and the teacher's
 * temperature 1/100, where CLIP's models end, are open_clip's. The log tells both terms.
 */
export function withTeacher<Image extends object, Text extends object, Embeddings extends PairEmbeddings>(
  method: Method<PairBatch<Image, Text>, Embeddings>,
  { weight = 1, teacherTemperature = 0.01 }: WithTeacherOptions = {},
): Method<PairBatch<Image, Text>, TaughtPairs<Embeddings>> {
  return {
    ...method,
    name: `${method.name}-distil`,
    embed(params, state, batch, mode) {
      const inner = method.embed(params, state, batch, mode);
      if (!batch.teacher)
        throw new RangeError("withTeacher: a batch has its teacher's vectors; got none under teacher.");
      const { images, texts } = batch.teacher;
      return { inner, teacher: { images, texts: splitColumns(texts, Object.keys(inner.texts).length) } };
    },
    objective(params, state, { inner, teacher }) {
      const { loss: contrastive, ...rest } = method.objective(params, state, inner);
      const distilled = pairDistillation(sides(inner), sides(teacher), {
        temperature: learnedScale.temperature(params),
        teacherTemperature,
      });
      const loss: Scalar = tf.add(contrastive, tf.mul(distilled, weight));
      return { ...rest, loss, log: { ...rest.log, contrastive, distilled } };
    },
    watched: ({ inner }) => method.watched(inner),
    chance({ inner }) {
      const chance = method.chance(inner);
      const captions = Object.keys(inner.texts).length;
      // A softmax that knows nothing is even, whatever the teacher says.
      return chance && chance + weight * (Math.log(inner.images.shape[0]) + Math.log(captions) / 2);
    },
  };
}

const sides = ({ images, texts }: { images: Tensor2D; texts: ColumnEmbeddings }) => ({
  left: images,
  right: joinColumns(texts),
});

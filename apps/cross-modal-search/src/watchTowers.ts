import { observer } from "@nearfar/evaluation";
import { tf, type Tensor2D } from "@nearfar/tensor";
import type { TrainOptions } from "@nearfar/trainer";

/**
 * What is logged of each tower beside the loss, its deviation and effective rank; `warn` is told in one line when a tower collapses.
 *
 * Embeddings are n of pictures over n of texts. The first steps are not judged: two new towers begin in two narrow cones.
 */
export function watchTowers(
  dimensions: number,
  { warn }: { warn: (line: string) => void },
): NonNullable<TrainOptions<object>["observe"]> {
  const watch = (tower: string) =>
    observer(dimensions, {
      pairs: false,
      most: 64,
      warn: (line) => warn(line.replace(": ", `, the tower of ${tower}: `)),
    });
  const [pictures, texts] = [watch("pictures"), watch("texts")];
  return ({ embeddings, ...seen }): Readonly<Record<string, number>> => {
    if (seen.step < FIRST) return {};
    const sides = tf.split(embeddings, 2) as [Tensor2D, Tensor2D]; // [n, d] each
    try {
      const image = pictures({ ...seen, embeddings: sides[0] });
      const text = texts({ ...seen, chance: undefined, embeddings: sides[1] }); // the loss is judged once
      return {
        imageDeviation: image.deviation!,
        imageRank: image.effectiveRank!,
        textDeviation: text.deviation!,
        textRank: text.effectiveRank!,
      };
    } finally {
      tf.dispose(sides);
    }
  };
}

const FIRST = 100;

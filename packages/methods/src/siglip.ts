import type { Tokens } from "@nearfar/encoders";
import { sigmoid } from "@nearfar/losses";
import { type Scalar, type Tensor4D, tf } from "@nearfar/tensor";
import { joinColumns } from "./joinColumns.ts";
import { learnedScale } from "./learnedScale.ts";
import type { Method } from "./method.ts";
import type { PairBatch } from "./pairBatch.ts";
import type { PairEmbeddings } from "./pairEmbeddings.ts";
import { pairTowers, type PairTowersOptions } from "./pairTowers.ts";

export interface SiglipOptions<Image extends object = Tensor4D, Text extends object = Tokens> extends PairTowersOptions<
  Image,
  Text
> {
  /** Where it starts; it learns. */
  readonly temperature?: number;
  /** Where it starts; it learns. */
  readonly bias?: number;
}

/**
 * SigLIP: of each picture and each text of the batch, whether they belong together, by itself. Zhai et al. 2023, algorithm 1.
 *
 * A batch is n pictures and n texts, or several captions per picture. The temperature learns as `logScale`, kept in [0, ln 100] after each step, as
 * mlfoundations/open_clip does, and what is added to logits as `bias`; their starts 1/10 and -10 are the authors'. The log tells both.
 */
export function siglip<Image extends object = Tensor4D, Text extends object = Tokens>({
  temperature = 0.1,
  bias = -10,
  ...parts
}: SiglipOptions<Image, Text>): Method<PairBatch<Image, Text>, PairEmbeddings> {
  const towers = pairTowers(parts);
  return {
    name: "siglip",
    init: (key) => ({
      params: { ...towers.init(key), ...learnedScale.start(temperature), bias: tf.scalar(bias) },
      state: {},
    }),
    embed: (params, _, batch, mode) => towers.embed(params, batch, mode),
    objective(params, state, { images, texts, groups }) {
      const bias = params.bias as Scalar;
      const temperature = learnedScale.temperature(params);
      const loss = sigmoid(images, joinColumns(texts), { groups, temperature, bias });
      return { loss, state, log: { scale: learnedScale.scale(params), bias } };
    },
    afterStep: learnedScale.keep,
    watched: towers.watched,
    chance: () => undefined, // it depends on the bias
  };
}

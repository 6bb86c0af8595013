import type { Tokens } from "@nearfar/encoders";
import { symmetric } from "@nearfar/losses";
import type { Tensor4D } from "@nearfar/tensor";
import { joinColumns } from "./joinColumns.ts";
import { learnedScale } from "./learnedScale.ts";
import type { Method } from "./method.ts";
import type { PairBatch } from "./pairBatch.ts";
import type { PairEmbeddings } from "./pairEmbeddings.ts";
import { pairTowers, type PairTowersOptions } from "./pairTowers.ts";

export interface ClipOptions<Image extends object = Tensor4D, Text extends object = Tokens> extends PairTowersOptions<
  Image,
  Text
> {
  /** Where it starts; it learns. */
  readonly temperature?: number;
}

/**
 * CLIP: each picture finds its text among all texts of the batch, each text its picture among all pictures. Radford et al. 2021, figure 3.
 *
 * A batch is n pictures and n texts, or several captions per picture: all are the picture's positives, and a caption's only candidates are pictures.
 * The temperature learns as `logScale`, which is kept in [0, ln 100] after each step; its start 0.07 is the authors'. It is a scalar, so that
 * optimizers that decay matrices leave it alone.
 */
export function clip<Image extends object = Tensor4D, Text extends object = Tokens>({
  temperature = 0.07,
  ...parts
}: ClipOptions<Image, Text>): Method<PairBatch<Image, Text>, PairEmbeddings> {
  const towers = pairTowers(parts);
  return {
    name: "clip",
    init: (key) => ({ params: { ...towers.init(key), ...learnedScale.start(temperature) }, state: {} }),
    embed: (params, _, batch, mode) => towers.embed(params, batch, mode),
    objective(params, state, { images, texts, groups }) {
      const loss = symmetric(images, joinColumns(texts), { groups, temperature: learnedScale.temperature(params) });
      return { loss, state, log: { scale: learnedScale.scale(params) } };
    },
    afterStep: learnedScale.keep,
    watched: towers.watched,
    // n pictures to tell apart for a text, n per caption for a picture
    chance: ({ images, texts }) => Math.log(images.shape[0]) + Math.log(Object.keys(texts).length) / 2,
  };
}

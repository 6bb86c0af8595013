import type { Encoder, Tokens } from "@nearfar/encoders";
import { ntXent } from "@nearfar/losses";
import { type Params, type Tensor2D, type Tensor4D, tf } from "@nearfar/tensor";
import { clip, type ClipOptions } from "./clip.ts";
import type { ColumnEmbeddings } from "./columnEmbeddings.ts";
import type { Method } from "./method.ts";
import type { PairBatch } from "./pairBatch.ts";
import type { PairEmbeddings } from "./pairEmbeddings.ts";
import { splitColumns } from "./splitColumns.ts";

export interface SlipOptions<Text extends object = Tokens> extends ClipOptions<Tensor4D, Text> {
  /** Of the image tower's features, for the views. */
  readonly projector: Encoder<Tensor2D>;
  /** Of the loss of the views. */
  readonly weight?: number;
  /** Of the loss of the views; it does not learn. */
  readonly viewTemperature?: number;
}

/** As of `clip`, and the two views of each picture, `[n, p]` each. */
export type SlipEmbeddings = PairEmbeddings & Readonly<{ views: ColumnEmbeddings }>;

/**
 * SLIP: CLIP, and SimCLR on the image side, two uses of one core in one loss: `clip + weight · ntXent`. Mu et al. 2022, algorithm 1.
 *
 * A batch has two views of each picture beside its pictures and texts. Pictures pass the image tower by themselves, as the authors have it, and both
 * views in a second pass, as our `simclr` does. Weight 1 and temperature 0.1 of the views are the authors', facebookresearch/SLIP. The log tells both terms.
 */
export function slip<Text extends object = Tokens>({
  projector,
  weight = 1,
  viewTemperature = 0.1,
  ...parts
}: SlipOptions<Text>): Method<PairBatch<Tensor4D, Text>, SlipEmbeddings> {
  const pairs = clip<Tensor4D, Text>(parts);
  return {
    ...pairs,
    name: "slip",
    init(key) {
      const { params, state } = pairs.init(key);
      return { params: { ...params, projector: projector.init(key.fold("projector")) }, state };
    },
    embed(params, state, batch, mode) {
      if (!batch.views) throw new RangeError("slip: a batch has two views of each picture; got none under views.");
      const z = pairs.embed(params, state, batch, mode);
      const h = parts.image.apply((params.image as Record<"encoder", Params>).encoder, batch.views, mode); // [2n, h]
      return { ...z, views: splitColumns(projector.apply(params.projector as Params, h, mode), 2) }; // [n, p] each
    },
    objective(params, state, z) {
      const { loss: contrastive, ...rest } = pairs.objective(params, state, z);
      const views = ntXent(z.views[0]!, z.views[1]!, { temperature: viewTemperature });
      return { ...rest, loss: tf.add(contrastive, tf.mul(views, weight)), log: { ...rest.log, contrastive, views } };
    },
    chance: (z) => pairs.chance(z)! + weight * Math.log(2 * z.views[0]!.shape[0] - 1),
  };
}

import type { Encoder } from "@nearfar/encoders";
import { ntXent } from "@nearfar/losses";
import { type Params, type Tensor2D, type Tensor4D, tf } from "@nearfar/tensor";
import type { Method } from "./method.ts";

export interface SimclrOptions {
  readonly encoder: Encoder;
  readonly projector: Encoder<Tensor2D>;
  readonly temperature?: number;
}

/**
 * SimCLR: two views of each picture are near, all other views of the batch are far. Chen et al. 2020, algorithm 1.
 *
 * A batch is `[2n, h, w, 3]`: n left views, then the n right views of the same pictures; both go through the encoder as one batch, as
 * its authors do, so that batch-norm sees all 2n. Temperature 0.5 is the authors' for CIFAR-10, 0.1 theirs for ImageNet.
 */
export function simclr({ encoder, projector, temperature = 0.5 }: SimclrOptions): Method<Tensor4D, Tensor2D> {
  return {
    name: "simclr",
    init: (key) => ({
      params: { encoder: encoder.init(key.fold("encoder")), projector: projector.init(key.fold("projector")) },
      state: {},
    }),
    embed(params, _, views, mode) {
      const h = encoder.apply(params.encoder as Params, views, mode); // [2n, h]
      return projector.apply(params.projector as Params, h, mode); // [2n, d]
    },
    objective(_, state, z) {
      const [left, right] = tf.split(z, 2) as [Tensor2D, Tensor2D]; // [n, d] each
      return { loss: ntXent(left, right, { temperature }), state, log: {} };
    },
    watched: (z) => z,
    chance: (z) => Math.log(z.shape[0] - 1),
  };
}

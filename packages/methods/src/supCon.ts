import type { Encoder } from "@nearfar/encoders";
import { supCon as supConLoss } from "@nearfar/losses";
import type { Params, Tensor1D, Tensor2D } from "@nearfar/tensor";
import type { LabelledInput } from "./labelledInput.ts";
import type { Method } from "./method.ts";

export interface SupConOptions<Input> {
  readonly encoder: Encoder<Input>;
  readonly projector?: Encoder<Tensor2D>;
  readonly temperature?: number;
}

/** Embeddings `[n, d]` and the label of each, `[n]`. */
export type LabelledEmbeddings = Readonly<{ z: Tensor2D; labels: Tensor1D }>;

/**
 * Supervised contrastive learning: examples of one label are near, all others of the batch far. Khosla et al. 2020, eq. 2.
 *
 * A batch is n examples (or views, where each picture comes twice) and n labels; one that is alone with its label is only a negative.
 * Temperature 0.1 is the authors'.
 */
export function supCon<Input extends object>({
  encoder,
  projector,
  temperature = 0.1,
}: SupConOptions<Input>): Method<LabelledInput<Input>, LabelledEmbeddings> {
  return {
    name: "sup-con",
    init: (key) => ({
      params: {
        encoder: encoder.init(key.fold("encoder")),
        ...(projector && { projector: projector.init(key.fold("projector")) }),
      },
      state: {},
    }),
    embed(params, _, { input, labels }, mode) {
      const h = encoder.apply(params.encoder as Params, input, mode); // [n, h]
      return { z: projector ? projector.apply(params.projector as Params, h, mode) : h, labels }; // [n, d]
    },
    objective: (_, state, { z, labels }) => ({ loss: supConLoss(z, labels, { temperature }), state, log: {} }),
    watched: ({ z }) => z,
    chance: ({ z }) => Math.log(z.shape[0] - 1),
  };
}

import type { Params, Tensor2D } from "@nearfar/tensor";
import type { Encoder } from "./encoder.ts";

/** An encoder with a head on top as one encoder; its weights are `{ encoder, head }`. */
export function projected<Input>(encoder: Encoder<Input>, head: Encoder<Tensor2D>): Encoder<Input> {
  return {
    name: encoder.name,
    features: head.features,
    init: (key) => ({ encoder: encoder.init(key.fold("encoder")), head: head.init(key.fold("head")) }),
    apply: (params, input, mode) =>
      head.apply(params.head as Params, encoder.apply(params.encoder as Params, input, mode), mode), // [n, h] -> [n, d]
  };
}

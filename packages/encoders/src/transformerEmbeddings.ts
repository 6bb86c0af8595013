import {
  dropout,
  foldSeed,
  layerNorm,
  lookup,
  tf,
  type LayerNormParams,
  type Mode,
  type Params,
  type Tensor1D,
  type Tensor2D,
} from "@nearfar/tensor";
import type { Tokens } from "./tokens.ts";
import type { TransformerConfig } from "./transformerConfig.ts";
import { transformerFamilies } from "./transformerFamilies.ts";

/** Token, position and type 0, summed, a norm and dropout: `[total, h]`. Only the token table's gradient comes by rows: the two others are small. */
export function transformerEmbeddings(
  config: TransformerConfig,
  params: Params,
  { ids, positions }: Tokens,
  { mode, rate }: { mode: Mode; rate: number },
): Tensor2D {
  return tf.tidy(() => {
    const table = (name: string) => (params[name] as Params).weight as Tensor2D;
    const start = transformerFamilies[config.family].firstPosition(config);
    const places = tf.add(positions, tf.scalar(start, "int32")) as Tensor1D;
    const whole = { training: false } as const;
    const terms = [
      lookup(table("word_embeddings"), ids, mode),
      lookup(table("position_embeddings"), places, whole),
      ...(config.types > 0 ? [lookup(table("token_type_embeddings"), tf.tensor1d([0], "int32"), whole)] : []), // [1, h]
    ];
    const sum = terms.reduce((sum, term) => tf.add(sum, term)); // [total, h]
    const y = layerNorm(params.LayerNorm as unknown as LayerNormParams, sum, { epsilon: config.epsilon });
    return mode.training ? dropout(foldSeed(mode.seed, "embeddings"), y, { rate }) : y;
  });
}

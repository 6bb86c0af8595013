import type { Encoder, Tokens } from "@nearfar/encoders";
import type { Key } from "@nearfar/random";
import { type Mode, type Params, type Tensor2D, type Tensor4D, tf } from "@nearfar/tensor";
import type { PairBatch } from "./pairBatch.ts";
import type { PairEmbeddings } from "./pairEmbeddings.ts";
import { splitColumns } from "./splitColumns.ts";

export interface PairTowersOptions<Image extends object = Tensor4D, Text extends object = Tokens> {
  readonly image: Encoder<Image>;
  readonly text: Encoder<Text>;
  /** Into the space of both, where a tower does not end there: `projection` of @nearfar/encoders. */
  readonly imageProjection?: Encoder<Tensor2D>;
  readonly textProjection?: Encoder<Tensor2D>;
}

/** Two encoders, with their weights under `image.encoder` and `text.encoder`, those of their projections under `image.projection` and `text.projection`. */
export interface PairTowers<Image extends object, Text extends object> {
  init(key: Key): Params;
  embed(params: Params, batch: PairBatch<Image, Text>, mode: Mode): PairEmbeddings;
  /** The monitors' two sides, further captions aside, `[2n, d]`. */
  watched(z: PairEmbeddings): Tensor2D;
}

/**
 * An encoder of pictures and one of texts that end in one space. Radford et al. 2021, figure 3.
 *
 * All captions of a batch pass at once. Throws RangeError where the towers end in different widths, and where pictures do not have as many texts
 * each.
 */
export function pairTowers<Image extends object, Text extends object>({
  image,
  text,
  imageProjection,
  textProjection,
}: PairTowersOptions<Image, Text>): PairTowers<Image, Text> {
  const images = tower("image", image, imageProjection);
  const texts = tower("text", text, textProjection);
  if (images.width !== texts.width)
    throw new RangeError(
      `Two towers end in one space; got ${images.width} dimensions for pictures and ${texts.width} for texts. Is a projection missing?`,
    );
  return {
    init: (key) => ({ ...images.init(key.fold("image")), ...texts.init(key.fold("text")) }),
    embed(params, batch, mode) {
      const z = images.embed(params, batch.images, mode); // [n, d]
      const all = texts.embed(params, batch.texts, mode); // [m, d]
      const [n, m] = [z.shape[0], all.shape[0]];
      if (m === 0 || m % n !== 0)
        throw new RangeError(
          `Each picture has one text, or as many as every other; got ${n} pictures and ${m} texts. Was a pair dropped on one side?`,
        );
      return { images: z, texts: splitColumns(all, m / n), ...(batch.groups && { groups: batch.groups }) };
    },
    watched: (z) => tf.concat([z.images, z.texts[0]!], 0),
  };
}

/** One side: its encoder and what may follow it. A locked tower has no weights, and so no entry. */
function tower<Input>(side: "image" | "text", encoder: Encoder<Input>, projection?: Encoder<Tensor2D>) {
  return {
    width: (projection ?? encoder).features,
    init(key: Key): Params {
      const parts = {
        encoder: encoder.init(key.fold("encoder")),
        ...(projection && { projection: projection.init(key.fold("projection")) }),
      };
      const weights = Object.entries<Params>(parts).filter(([, part]) => Object.keys(part).length > 0);
      return weights.length > 0 ? { [side]: Object.fromEntries(weights) } : {};
    },
    embed(params: Params, input: Input, mode: Mode): Tensor2D {
      const weights = (params[side] ?? {}) as { encoder?: Params; projection?: Params };
      const h = encoder.apply(weights.encoder ?? {}, input, mode); // [n, h]
      return projection ? projection.apply(weights.projection!, h, mode) : h; // [n, d]
    },
  };
}

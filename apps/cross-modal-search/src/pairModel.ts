import {
  imageModel,
  projected,
  projectedTexts,
  projection,
  writeImageTextModel,
  type ImageTextModel,
} from "@nearfar/encoders";
import { tf, type Params, type Scalar, type Tensor2D } from "@nearfar/tensor";
import type { Towers } from "./towers.ts";

/** Two towers as a training has them at a step. */
export interface PairModel extends ImageTextModel {
  /** Writes them as a model folder. */
  write(folder: string): Promise<void>;
}

/**
 * The model that weights of a training make, `params` as the method has them; `locked` are those of a locked tower. The weights stay the
 * caller's; `dispose` frees what was made of them.
 */
export function pairModel(
  { image, text }: Towers,
  params: Params,
  { dimensions, locked }: { dimensions: number; locked: Params | undefined },
): PairModel {
  const [imageBranch, textBranch] = [branch(params, "image"), branch(params, "text")];
  const imageParams = (imageBranch.encoder ?? locked)!;
  const { preprocessing } = image;
  const [imageHead, textHead] = [imageBranch.projection, textBranch.projection];
  const images = imageModel(
    imageHead
      ? {
          encoder: projected(image.encoder, projection(image.encoder.features, dimensions)),
          params: { encoder: imageParams, head: imageHead },
          preprocessing,
        }
      : { encoder: image.encoder, params: imageParams, preprocessing },
    { normalize: true },
  );
  const tower = text.model((textBranch.encoder ?? locked)!);
  const texts = projectedTexts(
    tower,
    textHead && {
      encoder: projection(text.encoder.features, dimensions),
      params: { weight: tf.clone(textHead.weight) },
    },
  );
  const number = (name: string) => (params[name] as Scalar | undefined)?.dataSync()[0];
  const [scale, bias] = [Math.exp(number("logScale") ?? 0), number("bias") ?? 0];
  return {
    name: "pairs",
    dimensions,
    images,
    texts,
    scale,
    bias,
    dispose: () => texts.dispose(),
    write: (folder) =>
      writeImageTextModel(folder, {
        images: { write: (into) => image.write(into, imageParams) },
        texts: tower,
        projections: { image: imageHead, text: textHead },
        dimensions,
        scale,
        bias,
      }),
  };
}

/** What a method knows of a tower; a locked one has no weights there. */
interface Tower {
  readonly encoder?: Params;
  readonly projection?: { readonly weight: Tensor2D };
}

const branch = (params: Params, side: "image" | "text") => (params[side] ?? {}) as Tower;

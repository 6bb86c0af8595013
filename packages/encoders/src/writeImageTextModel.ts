import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileError, writeFileAtomic, writeSafetensorsFile, type NamedArray } from "@nearfar/formats";
import type { Params } from "@nearfar/tensor";
import { folderText } from "./folderText.ts";
import { namedArrays } from "./namedArrays.ts";

/** What `writeImageTextModel` writes: each tower as it writes itself, and what joins them. */
export interface ImageTextParts {
  readonly images: { write(folder: string): Promise<void> };
  /** Its vectors are not of length 1 where a projection follows. */
  readonly texts: { write(folder: string): Promise<void> };
  /** `{ weight }` `[h, d]` of a `projection` behind a tower; without it the tower's own vectors are those of the space. */
  readonly projections: { readonly image?: Params | undefined; readonly text?: Params | undefined };
  readonly dimensions: number;
  /** What cosines are multiplied by, and what is then added. */
  readonly scale: number;
  readonly bias?: number;
}

/**
 * Writes two towers as a folder that `openImageTextModel` reads.
 *
 *     config.json         model_type "nearfar-pairs", dimensions
 *     image/              a model of pictures, as `writeImageModel` or Hugging Face writes it
 *     text/               a model of sentences, as sentence-transformers reads it
 *     model.safetensors   logit_scale (its logarithm), logit_bias, image_projection.weight and text_projection.weight [h, d]
 *
 * The settings come last. A folder that cannot be written to is a `UserError`.
 */
export async function writeImageTextModel(
  folder: string,
  { images, texts, projections, dimensions, scale, bias = 0 }: ImageTextParts,
): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw fileError(folder, error);
  });
  await images.write(join(folder, "image"));
  await texts.write(join(folder, "text"));
  const joint = namedArrays({
    ...(projections.image && { image_projection: projections.image }),
    ...(projections.text && { text_projection: projections.text }),
  });
  joint.set("logit_scale", scalar(Math.log(scale)));
  joint.set("logit_bias", scalar(bias));
  await writeSafetensorsFile(join(folder, "model.safetensors"), joint, { format: "nearfar-pairs/1" });
  const config = { model_type: "nearfar-pairs", dimensions };
  await writeFileAtomic(join(folder, "config.json"), Buffer.from(folderText.json(config)));
}

const scalar = (value: number): NamedArray => ({ shape: [], dtype: "F32", data: Float32Array.of(value) });

import { existsSync } from "node:fs";
import { join } from "node:path";
import { openImageTextModel, type ImageTextModel } from "@nearfar/encoders";
import { UserError, type Preprocessing, type Vectors } from "@nearfar/formats";
import { decodeImage, preprocess } from "@nearfar/image-augmentation";
import { readRun } from "./readRun.ts";
import type { TwoTowers } from "./twoTowers.ts";

/**
 * Opens the two towers of a run of pairs, its best weights, or of a model folder: one of this project, or Hugging Face's of CLIP or SigLIP. The caller
 * owns their weights.
 *
 * A folder that is neither, a run of pictures or of texts alone, and a run without a model yet are a `UserError`.
 */
export async function openTwoTowers(path: string): Promise<TwoTowers> {
  return twoTowersOf(await openImageTextModel(await folderOf(path)));
}

async function folderOf(path: string): Promise<string> {
  if (existsSync(path) && !existsSync(join(path, "run.json"))) return path;
  await readRun(path); // says what is wrong with a folder that is not there
  const folder = join(path, "model");
  if (!existsSync(folder))
    throw new UserError(
      `${path}: has no model yet: ${folder} is not there. A run writes it when a dev score is best, or at its end.`,
    );
  return folder;
}

function twoTowersOf({ name, dimensions, images, texts, scale, bias, dispose }: ImageTextModel): TwoTowers {
  return {
    name,
    dimensions,
    texts,
    scale,
    bias,
    async encodePictures(pictures): Promise<Vectors> {
      const data = new Float32Array(pictures.length * dimensions);
      for (let from = 0; from < pictures.length; from += TOGETHER) {
        const part = pictures.slice(from, from + TOGETHER);
        const pixels = await pixelsOf(part, images.preprocessing, from);
        data.set((await images.encode(pixels)).data, from * dimensions);
      }
      return { rows: pictures.length, dimensions, data };
    },
    dispose,
  };
}

/** Pictures decoded and encoded at a time: their pixels are held in memory. */
const TOGETHER = 32;
/** Pictures decoded at once, each as large as it is stored. */
const SIDE_BY_SIDE = 4;

async function pixelsOf(
  pictures: readonly Uint8Array[],
  preprocessing: Preprocessing,
  first: number,
): Promise<Float32Array> {
  const length = preprocessing.size ** 2 * 3;
  const into = new Float32Array(pictures.length * length);
  for (let from = 0; from < pictures.length; from += SIDE_BY_SIDE)
    await Promise.all(
      pictures.slice(from, from + SIDE_BY_SIDE).map(async (bytes, i) => {
        const place = from + i;
        const image = await decodeImage(bytes, { size: preprocessing.size, minScale: 1 }).catch((error: unknown) => {
          if (!(error instanceof UserError)) throw error;
          throw new UserError(`Picture ${first + place + 1} of the list: ${error.message}`);
        });
        preprocess(image, preprocessing, { into, offset: place * length });
      }),
    );
  return into;
}

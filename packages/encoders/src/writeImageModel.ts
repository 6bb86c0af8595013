import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileError, writeFileAtomic, writeSafetensorsFile, type Preprocessing } from "@nearfar/formats";
import type { Params } from "@nearfar/tensor";
import { folderText } from "./folderText.ts";
import type { ImageEncoderSettings } from "./imageEncoderSettings.ts";
import { namedArrays } from "./namedArrays.ts";

/** A network of this project as it is written: what it is, its weights, and what it wants done to a picture first. */
export interface OwnImageModel {
  readonly settings: ImageEncoderSettings;
  readonly params: Params;
  readonly preprocessing: Preprocessing;
}

/**
 * Writes a network of pictures as a folder that `openImageModel` reads: `config.json` (`model_type` "nearfar-image", the network's settings, the
 * preprocessing) and `model.safetensors`, float32, with the paths and the layout that the weights have in a run.
 *
 * Each file is written atomically, the settings last. A folder that cannot be written to is a `UserError`.
 */
export async function writeImageModel(
  folder: string,
  { settings, params, preprocessing }: OwnImageModel,
): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw fileError(folder, error);
  });
  await writeSafetensorsFile(join(folder, "model.safetensors"), namedArrays(params), { format: "nearfar-image/1" });
  const config = { model_type: "nearfar-image", encoder: settings, preprocessing };
  await writeFileAtomic(join(folder, "config.json"), Buffer.from(folderText.json(config)));
}

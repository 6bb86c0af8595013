import { join } from "node:path";
import { writeImageModel } from "@nearfar/encoders";
import type { Params } from "@nearfar/tensor";
import { encoderSettings } from "./encoderSettings.ts";
import type { Settings } from "./settings.ts";

/**
 * Writes the encoder of a run, without its projector, as `DIR/model`: a folder that `openImageModel` reads, and that a training of pairs starts from.
 *
 * Pictures are to be prepared as `whole` does it up to 64 px; above, `whole` cuts an eighth off the shorter side first, and the folder says the middle
 * of all of it.
 */
export async function writeRunModel(dir: string, settings: Settings, params: Params): Promise<void> {
  await writeImageModel(join(dir, "model"), {
    settings: encoderSettings(settings),
    params,
    preprocessing: {
      size: settings.size,
      fit: "crop",
      resample: "bilinear",
      mean: [0.485, 0.456, 0.406], // ImageNet's, as `normalize` has them
      deviation: [0.229, 0.224, 0.225],
    },
  });
}

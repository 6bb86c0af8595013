import { convNet } from "./convNet.ts";
import type { Encoder } from "./encoder.ts";
import type { ImageEncoderSettings } from "./imageEncoderSettings.ts";
import { resNet } from "./resNet.ts";
import { visionTransformer } from "./visionTransformer.ts";

/** The network that the settings describe; sizes that are none are the networks' RangeErrors, and so is an unknown kind. */
export function newImageEncoder(settings: ImageEncoderSettings): Encoder {
  switch (settings.kind) {
    case "convnet":
      return convNet(settings);
    case "resnet":
      return resNet(settings);
    case "vit":
      return visionTransformer(settings);
    default:
      throw new RangeError(`newImageEncoder: convnet, resnet and vit are known; got ${JSON.stringify(settings)}.`);
  }
}

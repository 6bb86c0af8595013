import type { ImageEncoderSettings } from "@nearfar/encoders";
import { UserError } from "@nearfar/formats";
import type { Settings } from "./settings.ts";

/**
 * The encoder that the settings name, as a model folder says it; ResNets take the 3x3 stem for pictures up to 64 px.
 *
 * `strided` and `places` are the towers of `nearfar pairs`: every convolution halves the picture; all places of the last map are averaged, or kept.
 */
export function encoderSettings({ encoder, size }: Pick<Settings, "encoder" | "size">): ImageEncoderSettings {
  if (encoder === "convnet") return { kind: "convnet", widths: [32, 64, 128, 128], strides: [1, 2, 2, 2], grid: 0 };
  if (encoder === "strided" || encoder === "places") {
    if (encoder === "places" && size % SHRINKS !== 0)
      throw new UserError(`--encoder places: pictures have a side that ${SHRINKS} divides; got ${size} px.`);
    const grid = encoder === "places" ? size / SHRINKS : 0;
    return { kind: "convnet", widths: [32, 64, 128, 256], strides: [2, 2, 2, 2], grid };
  }
  const depth = Number(encoder.slice("resnet".length)) as 18 | 34 | 50;
  return { kind: "resnet", depth, stem: size > 64 ? "large" : "small" };
}

/** By how much four halvings make a picture smaller. */
const SHRINKS = 16;

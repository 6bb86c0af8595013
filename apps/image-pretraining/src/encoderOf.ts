import { convNet, resNet, type Encoder } from "@nearfar/encoders";
import type { Settings } from "./settings.ts";

/** The encoder that the settings name; ResNets take the 3x3 stem for pictures up to 64 px. */
export function encoderOf({ encoder, size }: Pick<Settings, "encoder" | "size">): Encoder {
  if (encoder === "convnet") return convNet();
  const depth = Number(encoder.slice("resnet".length)) as 18 | 34 | 50;
  return resNet({ depth, stem: size > 64 ? "large" : "small" });
}

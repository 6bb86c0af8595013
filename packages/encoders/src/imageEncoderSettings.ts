import type { ConvNetOptions } from "./convNet.ts";
import type { ResNetOptions } from "./resNet.ts";
import type { VisionTransformerConfig } from "./visionTransformerConfig.ts";

/** A network of pictures as plain JSON, from which it is made again: what lies in a model folder beside its weights. */
export type ImageEncoderSettings =
  | ({ readonly kind: "convnet" } & Required<ConvNetOptions>)
  | ({ readonly kind: "resnet" } & Required<ResNetOptions>)
  | ({ readonly kind: "vit" } & VisionTransformerConfig);

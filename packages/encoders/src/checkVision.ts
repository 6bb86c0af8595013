import { checkSizes } from "./checkSizes.ts";
import type { VisionTransformerConfig } from "./visionTransformerConfig.ts";

/** Throws RangeError, whose message `where` begins, unless the sizes of a vision transformer fit each other and are no larger than any model's. */
export function checkVision(config: VisionTransformerConfig, where = "visionTransformer"): void {
  checkSizes(config, limits, where);
  const { size, patch } = config;
  if (patch > size) throw new RangeError(`${where}: a picture has a patch; got ${patch} pixels of ${size}.`);
}

/** Far above the largest published encoder (ViT-22B: width 6,144, 48 layers). */
const limits = {
  size: [1, 4096],
  patch: [1, 4096],
  width: [1, 65_536],
  depth: [1, 1024],
  heads: [1, 65_536],
  inner: [1, 1_048_576],
  out: [0, 65_536],
} as const;

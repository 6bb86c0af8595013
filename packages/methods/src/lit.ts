import type { Tokens } from "@nearfar/encoders";
import type { Tensor2D } from "@nearfar/tensor";
import { clip, type ClipOptions } from "./clip.ts";
import type { Method } from "./method.ts";
import type { PairBatch } from "./pairBatch.ts";
import type { PairEmbeddings } from "./pairEmbeddings.ts";

/**
 * LiT: as `clip`, one tower locked, so that the other learns to read it. Zhai et al. 2022, section 3.
 *
 * `image` or `text` is `lockedTower(features)`: a batch has there what that tower made of its pictures or texts once. Projections learn where they are
 * given; without one on the locked side the other tower ends in its space. Throws RangeError unless one tower is locked.
 */
export function lit<Image extends object = Tensor2D, Text extends object = Tokens>(
  options: ClipOptions<Image, Text>,
): Method<PairBatch<Image, Text>, PairEmbeddings> {
  const locked = [options.image, options.text].filter(({ name }) => name === "locked").length;
  if (locked !== 1)
    throw new RangeError(`lit: one of two towers is lockedTower(features); got ${locked}. Without one it is clip.`);
  return { ...clip(options), name: "lit" };
}

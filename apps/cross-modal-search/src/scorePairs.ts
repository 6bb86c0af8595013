import type { UnreadableItem } from "@nearfar/data";
import type { ImageTextModel } from "@nearfar/encoders";
import { crossModalRetrieval, type CrossModalRetrieval } from "@nearfar/evaluation";
import { UserError } from "@nearfar/formats";
import type { OpenPairs } from "./decodePairs.ts";
import { encodePictures } from "./encodePictures.ts";

/** How well pictures and captions find each other. */
export interface PairScore {
  /** The mean of recall@10 in both directions, 0 to 1. */
  readonly score: number;
  /** For a log. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly retrieval: CrossModalRetrieval;
  /** Left out, with their captions. */
  readonly unreadable: readonly UnreadableItem[];
}

/** Both directions of retrieval among pairs. Throws UserError where no picture can be read. */
export async function scorePairs(
  { images, texts }: Pick<ImageTextModel, "images" | "texts">,
  { set }: OpenPairs,
  { workers = 0 }: { workers?: number } = {},
): Promise<PairScore> {
  const { indices, unreadable, ...vectors } = await encodePictures(set, images, { workers });
  if (indices.length === 0) throw new UserError(`${set.name}: none of its ${set.items.length} pictures can be read.`);
  const kept = Array.from(indices, (item) => set.items[item]!.captions);
  const owner = Int32Array.from(kept.flatMap((captions, row) => captions.map(() => row)));
  const retrieval = crossModalRetrieval(vectors, await texts.encode(kept.flat()), { owner });
  const imageToText = retrieval.imageToText.recall["recall@10"]!;
  const textToImage = retrieval.textToImage.recall["recall@10"]!;
  return { score: (imageToText + textToImage) / 2, metrics: { imageToText, textToImage }, retrieval, unreadable };
}

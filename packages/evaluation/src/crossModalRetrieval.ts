import type { Vectors } from "@nearfar/formats";
import { captionOwners } from "./captionOwners.ts";
import { checkSides } from "./checkSides.ts";
import { eachCosines } from "./eachCosines.ts";

export interface CrossModalRetrievalOptions {
  /** The picture of each text, `[m]`; without it text i is of picture i. */
  readonly owner?: Int32Array;
  readonly ks?: readonly number[];
}

/** How far in front the right answers stand in one direction; ranks from 1. */
export interface CrossModalRanking {
  readonly recall: Readonly<Record<`recall@${number}`, number>>;
  readonly medianRank: number;
  readonly meanRank: number;
}

/** Both directions of image-text retrieval. */
export interface CrossModalRetrieval {
  readonly imageToText: CrossModalRanking;
  readonly textToImage: CrossModalRanking;
}

/**
 * How well pictures find their texts and texts their pictures by cosine: recall@k, median and mean rank, exactly.
 *
 * Images `[n, d]`, texts `[m, d]`, several texts a picture where `owner` says so. A text's rank is that of its picture among all; a picture's
 * is that of the best of its texts among the texts of others (Flickr's protocol). Ties count against: `rank = 1 + |{wrong: cos >= right}|`,
 * and cosines within 1e-6, float32's rounding, are ties, so that a collapsed model finds nothing. Recall@k is the share of ranks up to k.
 * Throws RangeError for vectors that are malformed or of two spaces, owners that do not exist and pictures without a text.
 * Source: Karpathy and Fei-Fei 2015, section 4.1; with one text a picture open_clip's `get_clip_metrics` (whose median is rounded down).
 */
export function crossModalRetrieval(
  images: Vectors,
  texts: Vectors,
  { owner: given, ks = [1, 5, 10] }: CrossModalRetrievalOptions = {},
): CrossModalRetrieval {
  checkSides("crossModalRetrieval", images, texts);
  const { owner, captions } = captionOwners("crossModalRetrieval", images.rows, { texts: texts.rows, owner: given });
  const ofImages = new Float64Array(images.rows);
  const ofTexts = new Float64Array(texts.rows);
  eachCosines(images, texts, (image, cosines) => {
    ofImages[image] = rank(cosines, captions[image]!);
  });
  eachCosines(texts, images, (text, cosines) => {
    ofTexts[text] = rank(cosines, [owner[text]!]);
  });
  return { imageToText: summary(ofImages, ks), textToImage: summary(ofTexts, ks) };
}

const TIE = 1e-6;

/** From 1: the place of the best right answer behind every wrong one that is not below it. */
function rank(cosines: Float32Array, right: readonly number[]): number {
  const least = right.reduce((best, row) => Math.max(best, cosines[row]!), -Infinity) - TIE;
  let above = 0;
  for (let row = 0; row < cosines.length; row++) if (cosines[row]! >= least) above++;
  return 1 + above - right.filter((row) => cosines[row]! >= least).length;
}

function summary(ranks: Float64Array, ks: readonly number[]): CrossModalRanking {
  const sorted = ranks.toSorted();
  const n = sorted.length;
  return {
    recall: Object.fromEntries(ks.map((k) => [`recall@${k}`, sorted.filter((rank) => rank <= k).length / n])),
    medianRank: (sorted[(n - 1) >> 1]! + sorted[n >> 1]!) / 2,
    meanRank: sorted.reduce((sum, rank) => sum + rank, 0) / n,
  };
}

import type { Vectors } from "@nearfar/formats";
import { nearest } from "@nearfar/search";
import type { Labelled } from "./labelled.ts";

/**
 * The share of pictures whose class is the nearest of all, and among the five nearest, by cosine to `zeroShotClassifier`'s rows.
 *
 * Images `[n, d]` with labels, classifier `[c, d]`; of equal cosines the first class. With five classes or fewer top5 is 1. Throws RangeError
 * for malformed vectors and labels that are no row of the classifier.
 * Source: Radford et al. 2021, section 3.1; open_clip's `zero_shot.py`.
 */
export function zeroShot(images: Labelled, classifier: Vectors): { top1: number; top5: number } {
  const { labels } = images;
  if (labels.length !== images.rows)
    throw new RangeError(`zeroShot: there is one label per picture; got ${labels.length} for ${images.rows}.`);
  const bad = labels.find((label) => label < 0 || label >= classifier.rows);
  if (bad !== undefined)
    throw new RangeError(`zeroShot: a label is a row of the classifier, 0 to ${classifier.rows - 1}; got ${bad}.`);
  const { k, indices } = nearest(images, classifier, Math.min(5, classifier.rows));
  const share = (first: number) =>
    labels.filter((label, row) => indices.subarray(row * k, row * k + first).includes(label)).length / images.rows;
  return { top1: share(1), top5: share(k) };
}

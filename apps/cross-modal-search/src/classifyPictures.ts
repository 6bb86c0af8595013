import { zeroShot, zeroShotClassifier } from "@nearfar/evaluation";
import type { TwoTowers } from "@nearfar/runs";
import { nearest } from "@nearfar/search";
import { encodeSet, type EncodeSetOptions } from "./encodeSet.ts";
import type { PictureSet } from "./openPictureSet.ts";

export interface ClassifyPicturesOptions extends EncodeSetOptions {
  readonly templates?: readonly string[];
  /** Classes that are named of each picture, at most. */
  readonly top?: number;
}

/** What pictures are, without training on their classes. */
export interface PictureClasses {
  readonly classes: readonly string[];
  readonly pictures: readonly ClassifiedPicture[];
  readonly unreadable: number;
  /** Shares of right answers, where the folders of all pictures are among the classes. */
  readonly accuracy?: { readonly top1: number; readonly top5: number };
}

export interface ClassifiedPicture {
  readonly path: string;
  /** The likeliest first; the probabilities of all classes add up to 1. */
  readonly classes: readonly { readonly name: string; readonly probability: number }[];
}

/**
 * Zero-shot classification: of each picture the likeliest classes, `softmax(scale · cos)` over all of them, by `zeroShotClassifier`.
 *
 * Where each picture lies in a folder named as one of the classes (in any case, `_` and `-` as blanks), there is an accuracy too.
 */
export async function classifyPictures(
  towers: TwoTowers,
  set: PictureSet,
  classes: readonly string[],
  { templates, top = 3, ...options }: ClassifyPicturesOptions = {},
): Promise<PictureClasses> {
  const classifier = await zeroShotClassifier(towers.texts, classes, templates === undefined ? {} : { templates });
  const { vectors, kept, unreadable } = await encodeSet(towers, set, options);
  const { k, indices, scores } = nearest(vectors, classifier, classes.length);
  const pictures = Array.from(kept, (index, row) => {
    const weights = Array.from(scores.subarray(row * k, (row + 1) * k), (cosine) =>
      Math.exp(towers.scale * (cosine - scores[row * k]!)),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const named = weights.slice(0, top).map((weight, at) => ({
      name: classes[indices[row * k + at]!]!,
      probability: weight / total,
    }));
    return { path: set.items[index]!.path, classes: named };
  });
  const places = new Map(classes.map((name, i) => [plain(name), i]));
  const labels = Array.from(kept, (index) => places.get(plain(set.labels[index] ?? "")) ?? -1);
  if (labels.includes(-1)) return { classes, pictures, unreadable };
  return {
    classes,
    pictures,
    unreadable,
    accuracy: zeroShot({ ...vectors, labels: Int32Array.from(labels) }, classifier),
  };
}

const plain = (name: string) => name.toLowerCase().replace(/[_-]+/g, " ").trim();

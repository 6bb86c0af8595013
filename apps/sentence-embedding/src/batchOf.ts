import { packTokens } from "@nearfar/encoders";
import type { Key } from "@nearfar/random";
import { tf } from "@nearfar/tensor";
import { subsampleTokens } from "@nearfar/text-augmentation";
import type { Tokenizer } from "@nearfar/tokenizers";
import type { Drawn } from "./drawn.ts";
import { maskedTexts } from "./maskedTexts.ts";
import type { Settings } from "./settings.ts";
import { viewsOf } from "./viewsOf.ts";

/** How a step's examples become a batch. */
export interface BatchOptions {
  readonly method: Settings["method"];
  readonly wrap: (ids: Int32Array) => Int32Array;
  /** The chance of each token to stay in a text of `parts` or `pairs`. */
  readonly keep?: Float32Array | undefined;
  /** Of masked language modelling beside the views: undefined for none. */
  readonly masks?: Tokenizer | undefined;
  /** The teacher's vectors of the texts, of `distil`. */
  readonly teacher?: Float32Array | undefined;
}

/** One step's examples as the method's batch, on the engine; what is random in it comes from `key`. */
export function batchOf(
  key: Key,
  { texts, scores, labels }: Drawn,
  { method, wrap, keep, masks, teacher }: BatchOptions,
): object {
  const pack = (columns: readonly (readonly Int32Array[])[]) => packTokens(columns.flat().map(wrap));
  switch (method) {
    case "pairs": {
      const thinned = keep
        ? texts.map((lists, i) => lists.map((ids, k) => subsampleTokens(key.fold(i).fold(k), ids, keep)))
        : texts;
      return { tokens: pack(columnsOf(thinned)), columns: texts[0]!.length };
    }
    case "cosent":
      return { tokens: pack(columnsOf(texts)), scores: tf.tensor1d(scores!) };
    case "labels":
      return { input: pack(columnsOf(texts)), labels: tf.tensor1d(labels!, "int32") };
    case "distil":
      return {
        tokens: pack(columnsOf(texts)),
        teacher: tf.tensor2d(teacher!, [texts.length, teacher!.length / texts.length]),
      };
    default: {
      const views = texts.map(([ids], i) => viewsOf(key.fold(i), ids!, { method, keep }));
      const anchors = views.map(([anchor]) => wrap(anchor!));
      return {
        tokens: pack(columnsOf(views)),
        columns: views[0]!.length,
        ...(masks && { masked: maskedTexts(key.fold("masks"), anchors, masks) }),
      };
    }
  }
}

/** All first texts, then all second ones, and so on. */
function columnsOf(examples: readonly (readonly Int32Array[])[]): Int32Array[][] {
  return examples[0]!.map((_, column) => examples.map((texts) => texts[column]!));
}

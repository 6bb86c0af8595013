import type { PairSet } from "@nearfar/data";
import {
  crossModalChance,
  crossModalRetrieval,
  modalityGap,
  type CrossModalRetrieval,
  type ModalityGap,
} from "@nearfar/evaluation";
import type { TwoTowers } from "@nearfar/runs";
import { encodeSet, type EncodeSetOptions } from "./encodeSet.ts";
import type { Judgements } from "./judgements.ts";
import { scoreJudgements, type JudgementScore } from "./scoreJudgements.ts";

export interface EvaluatePairsOptions extends EncodeSetOptions {
  readonly judgements?: readonly Judgements[];
}

/** How well two towers join pictures and texts. */
export interface PairEvaluation {
  readonly pictures: number;
  readonly captions: number;
  readonly unreadable: number;
  readonly dimensions: number;
  readonly retrieval: CrossModalRetrieval;
  readonly chance: ReturnType<typeof crossModalChance>;
  readonly gap: ModalityGap;
  readonly judgements: readonly JudgementScore[];
}

/**
 * Retrieval in both directions beside chance, the modality gap, and how far the cosines agree with people's judgements.
 *
 * Pictures that cannot be read are left out with their captions. Errors as `encodeSet` and `scoreJudgements`.
 */
export async function evaluatePairs(
  towers: TwoTowers,
  set: PairSet,
  { judgements = [], ...options }: EvaluatePairsOptions = {},
): Promise<PairEvaluation> {
  const { vectors: images, kept, unreadable } = await encodeSet(towers, set, options);
  const items = Array.from(kept, (index) => set.items[index]!);
  const captions = items.flatMap((item) => item.captions);
  const texts = await towers.texts.encode(captions, {
    progress: (done) => options.progress?.(done, captions.length, "captions"),
  });
  const owner = Int32Array.from(items.flatMap((item, i) => item.captions.map(() => i)));
  let before = 0;
  const first = items.map((item) => (before += item.captions.length) - item.captions.length);
  return {
    pictures: items.length,
    captions: captions.length,
    unreadable,
    dimensions: towers.dimensions,
    retrieval: crossModalRetrieval(images, texts, { owner }),
    chance: crossModalChance(items.length, { owner }),
    gap: modalityGap(images, texts),
    judgements: judgements.map((one) => scoreJudgements(one, { items, first, images, texts })),
  };
}

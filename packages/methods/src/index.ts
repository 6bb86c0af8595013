export { clip, type ClipOptions } from "./clip.ts";
export type { ColumnEmbeddings } from "./columnEmbeddings.ts";
export { cosentPairs, type CosentPairsOptions, type GradedEmbeddings } from "./cosentPairs.ts";
export { declutr, type DeclutrOptions } from "./declutr.ts";
export { distil, type DistilOptions, type TaughtEmbeddings } from "./distil.ts";
export type { GradedPairs } from "./gradedPairs.ts";
export { inBatchPairs, type InBatchPairsOptions } from "./inBatchPairs.ts";
export type { LabelledInput } from "./labelledInput.ts";
export { lit } from "./lit.ts";
export { lockedTower } from "./lockedTower.ts";
export type { MaskedTexts } from "./maskedTexts.ts";
export type { Method } from "./method.ts";
export type { PairBatch } from "./pairBatch.ts";
export type { PairEmbeddings } from "./pairEmbeddings.ts";
export type { PairTowersOptions } from "./pairTowers.ts";
export { siglip, type SiglipOptions } from "./siglip.ts";
export { simclr, type SimclrOptions } from "./simclr.ts";
export { simcse, type SimcseOptions } from "./simcse.ts";
export { simcseSupervised, type SimcseSupervisedOptions } from "./simcseSupervised.ts";
export { slip, type SlipEmbeddings, type SlipOptions } from "./slip.ts";
export { supCon, type LabelledEmbeddings, type SupConOptions } from "./supCon.ts";
export type { TaughtTexts } from "./taughtTexts.ts";
export type { TextColumns } from "./textColumns.ts";
export {
  withMaskedLanguageModel,
  type HiddenEncoder,
  type MaskedEmbeddings,
  type MaskedLanguageModelOptions,
} from "./withMaskedLanguageModel.ts";
export { withTeacher, type TaughtPairs, type WithTeacherOptions } from "./withTeacher.ts";

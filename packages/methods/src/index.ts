export type { ColumnEmbeddings } from "./columnEmbeddings.ts";
export { cosentPairs, type CosentPairsOptions, type GradedEmbeddings } from "./cosentPairs.ts";
export { declutr, type DeclutrOptions } from "./declutr.ts";
export { distil, type DistilOptions, type TaughtEmbeddings } from "./distil.ts";
export type { GradedPairs } from "./gradedPairs.ts";
export { inBatchPairs, type InBatchPairsOptions } from "./inBatchPairs.ts";
export type { LabelledInput } from "./labelledInput.ts";
export type { MaskedTexts } from "./maskedTexts.ts";
export type { Method } from "./method.ts";
export { simclr, type SimclrOptions } from "./simclr.ts";
export { simcse, type SimcseOptions } from "./simcse.ts";
export { simcseSupervised, type SimcseSupervisedOptions } from "./simcseSupervised.ts";
export { supCon, type LabelledEmbeddings, type SupConOptions } from "./supCon.ts";
export type { TaughtTexts } from "./taughtTexts.ts";
export type { TextColumns } from "./textColumns.ts";
export {
  withMaskedLanguageModel,
  type HiddenEncoder,
  type MaskedEmbeddings,
  type MaskedLanguageModelOptions,
} from "./withMaskedLanguageModel.ts";

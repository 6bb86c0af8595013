export { convNet } from "./convNet.ts";
export type { Encoder } from "./encoder.ts";
export { foldWeights } from "./foldWeights.ts";
export { frequencyWeights } from "./frequencyWeights.ts";
export { frozen, type FeaturePipeline, type FrozenOptions } from "./frozen.ts";
export { frozenFrom, type FrozenFromOptions, type TransformersModule } from "./frozenFrom.ts";
export { mlp, type MlpOptions } from "./mlp.ts";
export { newTransformer, type NewTransformerOptions } from "./newTransformer.ts";
export { openModel, type OpenModelOptions } from "./openModel.ts";
export { openStatic } from "./openStatic.ts";
export { packTokens } from "./packTokens.ts";
export { pool, type Pooling } from "./pool.ts";
export { resNet, type ResNetOptions } from "./resNet.ts";
export type { EncodeOptions, SentenceEncoder } from "./sentenceEncoder.ts";
export {
  sentenceModel,
  type SentenceModel,
  type SentenceModelConfig,
  type SentenceModelOptions,
  type SentenceModelParts,
} from "./sentenceModel.ts";
export { simclrHead } from "./simclrHead.ts";
export { simcseHead } from "./simcseHead.ts";
export { staticEmbedding, type StaticEmbeddingOptions } from "./staticEmbedding.ts";
export { staticModel, type StaticModel, type StaticModelOptions } from "./staticModel.ts";
export type { Tokens } from "./tokens.ts";
export { transformer, type Transformer, type TransformerOptions } from "./transformer.ts";
export type { TransformerConfig, TransformerFamily } from "./transformerConfig.ts";
export { whitenTable } from "./whitenTable.ts";
export { writeModel } from "./writeModel.ts";
export { writeStatic, type StaticParts } from "./writeStatic.ts";

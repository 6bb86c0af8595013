export { clipModel, type ClipModel, type ClipModelOptions, type ClipModelParts } from "./clipModel.ts";
export { clipText, type ClipText, type ClipTextOptions } from "./clipText.ts";
export type { ClipTextConfig } from "./clipTextConfig.ts";
export { convNet, type ConvNetOptions } from "./convNet.ts";
export type { Encoder } from "./encoder.ts";
export type { Activation } from "./feedForward.ts";
export { foldWeights } from "./foldWeights.ts";
export { frequencyWeights } from "./frequencyWeights.ts";
export { frozen, type FeaturePipeline, type FrozenOptions } from "./frozen.ts";
export { frozenFrom, type FrozenFromOptions, type TransformersModule } from "./frozenFrom.ts";
export type { ImageEncoderSettings } from "./imageEncoderSettings.ts";
export { imageModel, type ImageModel, type ImageModelOptions, type ImageModelParts } from "./imageModel.ts";
export type { ImageTextModel } from "./imageTextModel.ts";
export { mlp, type MlpOptions } from "./mlp.ts";
export { newImageEncoder } from "./newImageEncoder.ts";
export { newTransformer, type NewTransformerOptions } from "./newTransformer.ts";
export { openClip } from "./openClip.ts";
export { openImageModel, type OpenImageModel } from "./openImageModel.ts";
export { openImageTextModel } from "./openImageTextModel.ts";
export { openModel, type OpenModelOptions } from "./openModel.ts";
export { openStatic } from "./openStatic.ts";
export { openVision, type OpenVisionOptions } from "./openVision.ts";
export { packTokens } from "./packTokens.ts";
export { padded } from "./padded.ts";
export { pool, type Pooling } from "./pool.ts";
export { projected } from "./projected.ts";
export { projectedTexts, type TextHead } from "./projectedTexts.ts";
export { projection } from "./projection.ts";
export { readPreprocessing } from "./readPreprocessing.ts";
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
export { startClipText, type StartClipTextOptions } from "./startClipText.ts";
export { startFolder, type StartFolderOptions } from "./startFolder.ts";
export { startStatic, type StartStaticOptions } from "./startStatic.ts";
export { startTransformer, type StartTransformerOptions } from "./startTransformer.ts";
export { staticEmbedding, type StaticEmbeddingOptions } from "./staticEmbedding.ts";
export { staticModel, type StaticModel, type StaticModelOptions } from "./staticModel.ts";
export type { TextCorpus } from "./textCorpus.ts";
export type { TextEncoder } from "./textEncoder.ts";
export type { TextStart, TextStartModel } from "./textStart.ts";
export type { Tokens } from "./tokens.ts";
export { transformer, type Transformer, type TransformerOptions } from "./transformer.ts";
export type { TransformerConfig, TransformerFamily } from "./transformerConfig.ts";
export { visionTransformer, type VisionTransformer, type VisionTransformerOptions } from "./visionTransformer.ts";
export type { VisionTransformerConfig } from "./visionTransformerConfig.ts";
export { whitenTable } from "./whitenTable.ts";
export { writeClip } from "./writeClip.ts";
export { writeImageModel, type OwnImageModel } from "./writeImageModel.ts";
export { writeImageTextModel, type ImageTextParts } from "./writeImageTextModel.ts";
export { writeModel } from "./writeModel.ts";
export { writeStatic, type StaticParts } from "./writeStatic.ts";

export {
  damages,
  type Damage,
  type DamageKind,
  type DamageOptions,
  type DamagePolicy,
  type Damages,
} from "./damages.ts";
export { decodeChunk, type Decoded, type DecodeRequest } from "./decodeChunk.ts";
export { decodeOnce, type DecodeOnceOptions } from "./decodeOnce.ts";
export { drawOnce, type DrawOnceOptions } from "./drawOnce.ts";
export { expandBraces, type ExpandBracesOptions } from "./expandBraces.ts";
export { filesFingerprint } from "./filesFingerprint.ts";
export { groupedSampler, type GroupedSamplerOptions } from "./groupedSampler.ts";
export { type IconItem } from "./iconItem.ts";
export { type ImageItem, type ImageSet } from "./imageSet.ts";
export { type ImageSource } from "./imageSource.ts";
export { lengthWindows } from "./lengthWindows.ts";
export { type TaskReference } from "./loadTask.ts";
export { mixedSampler, type MixedBatch, type MixedSampler, type MixedSamplerOptions } from "./mixedSampler.ts";
export { openIcons, type OpenIconsOptions } from "./openIcons.ts";
export { openImages, type OpenImagesOptions } from "./openImages.ts";
export { openPairs, type OpenPairsOptions } from "./openPairs.ts";
export { openShards, type OpenShardsOptions } from "./openShards.ts";
export { openTexts, type OpenTextsOptions } from "./openTexts.ts";
export { openTokenStore } from "./openTokenStore.ts";
export { type PairColumns } from "./pairColumns.ts";
export { pairSampler, type PairSampler, type PairSamplerOptions } from "./pairSampler.ts";
export type { PairItem, PairSet } from "./pairSet.ts";
export { pool, type Pool, type PoolOptions } from "./pool.ts";
export { prefetch, type PrefetchOptions } from "./prefetch.ts";
export { readExamples, type ReadExamplesOptions, type TextExamples } from "./readExamples.ts";
export { readPicture } from "./readPicture.ts";
export { readSource } from "./readSource.ts";
export { sampler, type Sampler, type SamplerOptions } from "./sampler.ts";
export { saveTokenStore } from "./saveTokenStore.ts";
export type { ShardSample, ShardSet } from "./shardSet.ts";
export { shuffleBuffer, type ShuffleBufferOptions } from "./shuffleBuffer.ts";
export { streamBatches, type StreamBatchesOptions } from "./streamBatches.ts";
export { takePairs } from "./takePairs.ts";
export { type TextExample } from "./textExample.ts";
export { textIds } from "./textIds.ts";
export { type TextColumns, type TextKind, type TextRole, type TextRoles } from "./textRoles.ts";
export { type TextPass, type TextSet } from "./textSet.ts";
export { tokensAt } from "./tokensAt.ts";
export { tokenStore, type TokenStore, type TokenStoreOptions } from "./tokenStore.ts";
export { uniqueBatches, type UniqueBatchesOptions } from "./uniqueBatches.ts";
export { uniqueSampler, type UniqueSamplerOptions } from "./uniqueSampler.ts";
export { unreadable, type Unreadable, type UnreadableItem, type UnreadableReport } from "./unreadable.ts";
export { writeShards, type ShardInput, type WriteShardsOptions } from "./writeShards.ts";

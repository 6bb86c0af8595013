import type { Configuration } from "../configuration.ts";

/**
 * Photographs and sentences from nothing: a small convolutional tower and the mean of word vectors, which in minutes on two cores learn more than
 * transformers do: more pairs are seen.
 *
 * Command: `nearfar pairs train captions.tsv.gz --images flickr8k-128px-jpg.tar.gz --run runs/photos --config photos --where split=train --budget 270s`
 * Cost: 270 s on two cores.
 * Expected on Flickr8k: see test/benchmarks/RESULTS.md (open_clip in the same time: recall@10 10.80 and 11.30).
 * Source: open_clip's defaults (AdamW .9, .98, 1e-6, temperature .07); nets, rates and decay by trials on Flickr8k's dev set.
 */
export const photos: Configuration = {
  method: "clip",
  image: "conv",
  text: "static",
  lock: "none",
  dimensions: 192,
  size: 64,
  pixels: {
    fit: "squash",
    resample: "bicubic",
    mean: [0.48145466, 0.4578275, 0.40821073],
    deviation: [0.26862954, 0.26130258, 0.27577711],
  },
  conv: { widths: [32, 64, 128, 256], strides: [2, 2, 2, 2], pool: "mean" },
  vit: { patch: 8, width: 192, layers: 6, heads: 3 },
  vocabulary: 8000,
  tokens: "pieces",
  maxTokens: 32,
  deviation: 0.05,
  frequency: 0,
  transformer: { width: 192, layers: 4, heads: 3 },
  views: { crop: [0.8, 1], flip: 0.5, shift: 0, jitter: 0 },
  tags: false,
  captions: 1,
  keepWords: 1,
  batch: 256,
  temperature: 0.07,
  selfSupervision: 1,
  rate: 1e-3,
  rateImage: 1e-3,
  rateText: 5e-3,
  warmup: 0.05,
  weightDecay: 0.1,
  clip: 1,
  length: { epochs: 10 },
};

import type { Configuration } from "../configuration.ts";
import { photos } from "./photos.ts";

/**
 * Small drawings and their tags from nothing: a net of four convolutions and the mean of word vectors.
 *
 * Command: `nearfar pairs train icons.jsonl --images icons/ --run runs/icons --config icons --budget 170s`
 * Cost: 170 s on two cores.
 * Expected on icons: see test/benchmarks/RESULTS.md (54.4 % recall@10 of 1,000 unseen concepts in the same time by the peer's program).
 * Source: the rates of the peer's program, `icons_clip.py`. By trials on its protocol: every place of the last map is a feature, word vectors begin small,
 * more decay, and no mirroring, since arrows point somewhere.
 */
export const icons: Configuration = {
  ...photos,
  text: "static",
  dimensions: 128,
  size: 48,
  pixels: { fit: "squash", resample: "bilinear", mean: [0.5, 0.5, 0.5], deviation: [0.3, 0.3, 0.3] },
  conv: { widths: [32, 64, 128, 256], strides: [2, 2, 2, 2], pool: "places" },
  vocabulary: 30_000,
  tokens: "words",
  maxTokens: 64,
  deviation: 0.05,
  views: { crop: [1, 1], flip: 0, shift: 4, jitter: 0 },
  tags: true,
  keepWords: 0.3,
  batch: 512,
  rate: 1e-3,
  rateImage: 2e-3,
  rateText: 5e-3,
  warmup: 0,
  weightDecay: 0.2,
  length: { epochs: 30 },
};

import type { LinearProbeOptions } from "./linearProbe.ts";

/**
 * The probe usual on ImageNet: features as they are, SGD 0.1 · batch / 256, momentum 0.9, 90 epochs. For `linearProbe`'s options.
 *
 * Source: lightly's `linear_eval.py`; its augmentation of the training pictures is not part of a probe of frozen vectors.
 */
export const imagenetProbe = {
  epochs: 90,
  batch: 256,
  rate: 0.1,
  momentum: 0.9,
  standardize: false,
} as const satisfies LinearProbeOptions;

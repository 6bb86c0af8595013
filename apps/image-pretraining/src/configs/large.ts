import type { Configuration } from "../configuration.ts";

/**
 * Photographs (above 64 px) at 96 px with a ResNet-18: the default for them on a machine without a GPU.
 *
 * Command: `nearfar image train photos/ --run runs/photos --config large`
 * Cost: not measured.
 * Expected: no published figure at this size.
 * Source: the recipe of Chen et al. 2020 (jitter strength 1, blur .5, temperature .1) with lightly's SGD for a small batch.
 */
export const large: Configuration = {
  method: "simclr",
  encoder: "resnet18",
  size: 96,
  views: { strength: 1, blur: 0.5 },
  batch: 64,
  epochs: 100,
  temperature: 0.1,
  projector: { hidden: 512, out: 128 },
  optimizer: "sgd",
  weightDecay: 5e-4,
  rate: (batch) => (0.06 * batch) / 128,
  warmup: 0.1,
};

import type { Configuration } from "../configuration.ts";

/**
 * SimCLR on ImageNet-1k with a ResNet-50 and LARS, as lightly's benchmark trains it.
 *
 * Command: `nearfar image train imagenet/train --run runs/imagenet --config imagenet`
 * Cost: meant for a GPU; days there, not feasible on a few cores.
 * Expected: linear 63.2, k-NN 44.8 after 100 epochs (lightly's README); not run here.
 * Source: lightly's `benchmarks/imagenet/resnet50/simclr.py` (LARS .075 · √batch, decay 1e-6, 10 epochs of warm-up, temperature .1).
 */
export const imagenet: Configuration = {
  method: "simclr",
  encoder: "resnet50",
  size: 224,
  views: { strength: 1, blur: 0.5 },
  batch: 256,
  epochs: 100,
  temperature: 0.1,
  projector: { hidden: 2048, out: 128 },
  optimizer: "lars",
  weightDecay: 1e-6,
  rate: (batch) => 0.075 * Math.sqrt(batch),
  warmup: 0.1,
};

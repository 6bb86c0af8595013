import { simclrCifar } from "@nearfar/image-augmentation";
import type { Configuration } from "../configuration.ts";

/**
 * Small pictures (up to 64 px: CIFAR-10, icons, emoji) with the small net: the default for them.
 *
 * Command: `nearfar image train cifar10.tar.gz#train --run runs/small --budget 10m`
 * Cost: ten minutes on two cores.
 * Expected on CIFAR-10: see test/benchmarks/RESULTS.md (k-NN 47.98 is what lightly reaches with the same net and time).
 * Source: lightly's `cifar10_benchmark.py` (SGD .06 per 128 pictures, weight decay 5e-4, cosine without warm-up, temperature .5).
 */
export const small: Configuration = {
  method: "simclr",
  encoder: "convnet",
  size: 32,
  views: { strength: simclrCifar.strength!, blur: simclrCifar.blur! },
  batch: 128,
  epochs: 10,
  temperature: 0.5,
  projector: { hidden: 128, out: 64 },
  optimizer: "sgd",
  weightDecay: 5e-4,
  rate: (batch) => (0.06 * batch) / 128,
  warmup: 0,
};

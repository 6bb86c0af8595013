import type { Configuration } from "../configuration.ts";
import { small } from "./small.ts";

/**
 * Small pictures with a ResNet-18 (3x3 stem, no max-pool), as lightly's CIFAR-10 benchmark trains it.
 *
 * Command: `nearfar image train cifar10.tar.gz#train --run runs/resnet18 --config smallResnet18`
 * Cost: about 29 minutes an epoch of CIFAR-10 on two cores (2.2 s for 64 pictures: `npm run bench -- step`).
 * Expected on CIFAR-10 after 200 epochs: k-NN 84.7 (lightly's benchmark table, batch 128); not run here.
 * Source: lightly's `cifar10_benchmark.py`.
 */
export const smallResnet18: Configuration = {
  ...small,
  encoder: "resnet18",
  epochs: 200,
  projector: { hidden: 512, out: 128 },
};

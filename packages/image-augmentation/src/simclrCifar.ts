import type { SimclrViewsOptions } from "./simclrViews.ts";

/**
 * `simclrViews` for pictures of 32x32: half the colour jitter and no blur.
 *
 * Source: Chen et al. 2020, appendix B.9; lightly's `cifar10_benchmark.py`.
 */
export const simclrCifar: SimclrViewsOptions = { size: 32, strength: 0.5, blur: 0 };

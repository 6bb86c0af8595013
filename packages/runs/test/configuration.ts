import type { Configuration } from "@nearfar/runs";

/** Any configuration will do: these values are compared, not computed with. */
export const configuration: Configuration = {
  method: "simclr",
  encoder: "convnet",
  seed: 0,
  batch: 128,
  steps: 3000,
  options: { temperature: 0.5, views: [32, 32] },
};

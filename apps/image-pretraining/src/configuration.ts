import type { SimclrViewsOptions } from "@nearfar/image-augmentation";
import type { choices } from "./choices.ts";

/**
 * A training as typed code: what a paper's appendix lists. Flags override single values; the run directory records what was used.
 *
 * Each configuration stands in a file of its own under `configs/`, whose header gives the command, its cost and the expected result.
 */
export interface Configuration {
  readonly method: (typeof choices.method)[number];
  readonly encoder: (typeof choices.encoder)[number];
  /** The side of a view in pixels. */
  readonly size: number;
  readonly views: Omit<SimclrViewsOptions, "size" | "views">;
  /** Pictures per step; a step sees two views of each. */
  readonly batch: number;
  readonly epochs: number;
  readonly temperature: number;
  /** Widths of the projector after the encoder's features. */
  readonly projector: { readonly hidden: number; readonly out: number };
  readonly optimizer: (typeof choices.optimizer)[number];
  readonly weightDecay: number;
  /** The highest learning rate for a batch size. */
  readonly rate: (batch: number) => number;
  /** The share of the steps in which the rate rises from 0; afterwards it falls to 0 as a cosine. */
  readonly warmup: number;
}

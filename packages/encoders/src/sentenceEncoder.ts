import type { Vectors } from "@nearfar/formats";

/** Texts in, vectors out: what search, mining, evaluation and distillation need to know of a model, trained here or frozen. */
export interface SentenceEncoder {
  /** What a table of results calls it. */
  readonly name: string;
  /** d, the width of its vectors. */
  readonly dimensions: number;
  /** One row per text, in order, `[n, d]`. A text longer than the model takes is truncated, and counted in `truncated`. */
  encode(texts: readonly string[], options?: EncodeOptions): Promise<Vectors>;
  /** Texts truncated since it was made. */
  readonly truncated: number;
  /** Frees its weights. */
  dispose(): void;
}

export interface EncodeOptions {
  /** Texts per pass. */
  readonly batch?: number;
  /** Told how many texts are done. */
  readonly progress?: (done: number) => void;
}

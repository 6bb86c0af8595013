import type { choices } from "./choices.ts";

/** A training of a sentence encoder as plain JSON, recorded in the run directory, from which the same training can be made again. */
export interface Settings {
  readonly method: (typeof choices.method)[number];
  /** `static`, a table of token vectors; `transformer`, a new small one; or that of a model folder. */
  readonly encoder: "static" | "transformer" | "folder";
  /** Where it starts: `static`, `small`, or the folder's name. */
  readonly init: string;
  /** Width of the vectors of a new encoder. */
  readonly dimensions: number;
  /** Tokens of a new vocabulary, at most; 0 where the vocabulary comes with the folder or by `--tokenizer`. */
  readonly vocabulary: number;
  /** Tokens of a text in training, special ones among them. */
  readonly maxTokens: number;
  /** Examples per step. */
  readonly batch: number;
  readonly temperature: number;
  /** Both directions of the loss: right finds left too. */
  readonly symmetric: boolean;
  /** Logarithm of the weight of an anchor's own hard negatives. */
  readonly hardWeight: number;
  /** How files take turns where each is a data set of its own; `none`: they are one. */
  readonly mix: (typeof choices.mix)[number];
  /** SimCSE's head on the encoder, in training only. */
  readonly head: boolean;
  /** The weight of masked language modelling beside the loss of texts alone; 0 for none. Transformers only. */
  readonly mlm: number;
  /** Widths that a vector may be cut to; empty for the whole alone. */
  readonly matryoshka: readonly number[];
  /** Of a new encoder's first weights, N(0, deviation²). */
  readonly deviation: number;
  readonly optimizer: (typeof choices.optimizer)[number];
  /** The highest learning rate. */
  readonly rate: number;
  /** The share of the steps in which the rate rises from 0; afterwards it falls to 0 in a straight line. */
  readonly warmup: number;
  readonly weightDecay: number;
  /** The longest gradient, 0 for any. */
  readonly clip: number;
  /** `a` of the weights a / (a + p) of a static encoder's tokens, p a token's share of the corpus; 0 for none. */
  readonly frequency: number;
  /** `t` of the chance √(t / p) with which a step keeps a token of a text (`parts`, `pairs`); 0 keeps all. */
  readonly subsample: number;
  /** How far the table of a static encoder is whitened by the texts that it was trained on. */
  readonly whiten: (typeof choices.whiten)[number];
  readonly seed: number;
  readonly length: { readonly epochs: number } | { readonly steps: number } | { readonly seconds: number };
}

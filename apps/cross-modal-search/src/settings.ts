import type { Preprocessing } from "@nearfar/formats";
import type { choices } from "./choices.ts";

/** A training of two towers as plain JSON, recorded in the run directory, from which the same training can be made again. */
export interface Settings {
  readonly method: (typeof choices.method)[number];
  /** The tower of pictures: a name of `choices.image`, a model folder, or a run. */
  readonly image: string;
  /** The tower of texts: a name of `choices.text`, a model folder, or a run. */
  readonly text: string;
  /** The tower that stays as it is; what it makes of the data is made once. */
  readonly lock: (typeof choices.lock)[number];
  /** d of the space. */
  readonly dimensions: number;

  /** The side of a picture in pixels; 0: that of the model folder. */
  readonly size: number;
  /** What else becomes of a picture before a new tower sees it; a model folder has its own. */
  readonly pixels: Omit<Preprocessing, "size">;
  /** Of `conv`: channels and strides of its convolutions, and whether it keeps the places of its last maps or takes their mean. */
  readonly conv: {
    readonly widths: readonly number[];
    readonly strides: readonly number[];
    readonly pool: (typeof choices.pool)[number];
  };
  /** Of `vit`. */
  readonly vit: { readonly patch: number; readonly width: number; readonly layers: number; readonly heads: number };

  /** Tokens of a new vocabulary, at most. */
  readonly vocabulary: number;
  /** Whole words, or pieces of words (WordPiece), for a new vocabulary. */
  readonly tokens: (typeof choices.tokens)[number];
  /** Tokens of a text in training, special ones among them. */
  readonly maxTokens: number;
  /** Of a new static table's first weights, N(0, deviation²). */
  readonly deviation: number;
  /** `a` of the weights a / (a + p) of a new static table's tokens, p a token's share of the captions; 0 for none. */
  readonly frequency: number;
  /** Of a new `transformer` or `clip`. */
  readonly transformer: { readonly width: number; readonly layers: number; readonly heads: number };

  readonly views: ViewSettings;
  /** Captions are tags: all of a picture make one text, and a tag in common does not keep two pictures out of one batch. */
  readonly tags: boolean;
  /** Captions of a picture in a step: all are its positives. */
  readonly captions: number;
  /** The least share of a caption's words that a step keeps, in random order; 1 keeps the caption as it is. */
  readonly keepWords: number;

  /** Pictures per step. */
  readonly batch: number;
  /** The first temperature; it is learned. SigLIP begins at 0.1. */
  readonly temperature: number;
  /** Of SimCLR's loss beside CLIP's, of `slip`. */
  readonly selfSupervision: number;
  /** The highest learning rate of what joins the towers: projections, temperature and bias. */
  readonly rate: number;
  readonly rateImage: number;
  readonly rateText: number;
  /** The share of the steps in which the rates rise from 0; afterwards they fall to 0 as a cosine. */
  readonly warmup: number;
  /** Of matrices and filters, not of biases, norms and the temperature. */
  readonly weightDecay: number;
  /** The longest gradient, 0 for any. */
  readonly clip: number;
  readonly seed: number;
  readonly length: { readonly epochs: number } | { readonly steps: number } | { readonly seconds: number };
}

/** What a step sees of a picture. */
export interface ViewSettings {
  /** The share of the area that a random box takes, from and to; [1, 1] keeps the picture whole. */
  readonly crop: readonly [number, number];
  /** The chance to be mirrored. */
  readonly flip: number;
  /** Pixels by which it is moved at most, on white. */
  readonly shift: number;
  /** Strength of colour jitter as SimCLR has it (1 on ImageNet), 0 for none. */
  readonly jitter: number;
}

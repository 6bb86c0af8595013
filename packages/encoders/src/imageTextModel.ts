import type { ImageModel } from "./imageModel.ts";
import type { SentenceEncoder } from "./sentenceEncoder.ts";

/** Two towers into one space: the cosine of a picture's and a text's vector says how well they fit. Both give vectors of length 1. */
export interface ImageTextModel {
  readonly name: string;
  readonly dimensions: number;
  readonly images: ImageModel;
  readonly texts: SentenceEncoder;
  /** What cosines are multiplied by to be logits: 1 / temperature. */
  readonly scale: number;
  /** What is added to them, where a pair is judged by itself (SigLIP); 0 else. */
  readonly bias: number;
  /** Frees both towers. */
  dispose(): void;
}

import type { SentenceEncoder } from "@nearfar/encoders";
import type { Vectors } from "@nearfar/formats";

/** Pictures and texts into one space, as search, evaluation and the server use a trained model. */
export interface TwoTowers {
  readonly name: string;
  readonly dimensions: number;
  readonly texts: SentenceEncoder;
  /** Encoded pictures (JPEG, PNG, WebP ...) to vectors of length 1, `[n, d]`. UserError for one that cannot be read, which names its place in the list. */
  encodePictures(pictures: readonly Uint8Array[]): Promise<Vectors>;
  /** What cosines are multiplied by, and what is then added, to be logits. */
  readonly scale: number;
  readonly bias: number;
  dispose(): void;
}

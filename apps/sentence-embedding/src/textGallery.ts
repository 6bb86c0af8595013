import type { Vectors } from "@nearfar/formats";

/** A text that was found; the score is the cosine, or that of BM25. */
export interface TextHit {
  readonly score: number;
  readonly text: string;
}

/** Texts that are found by their vectors. */
export interface TextGallery {
  /** How many. */
  readonly texts: number;
  /** Of each query the k nearest, nearest first. */
  search(queries: Vectors, k: number): Promise<TextHit[][]>;
  close(): Promise<void>;
}

/** Galleries that lie in a folder. */
export interface TextStore {
  /** Writes the rows, whose ids are the texts. */
  write(folder: string, rows: AsyncIterable<{ readonly id: string; readonly vector: Float32Array }>): Promise<void>;
  open(folder: string): Promise<TextGallery>;
}

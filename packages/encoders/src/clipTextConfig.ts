import type { Activation } from "./feedForward.ts";

/** The sizes and the kind of a text transformer of CLIP or SigLIP. */
export interface ClipTextConfig {
  /** v, the rows of the token table. */
  readonly vocabularySize: number;
  /** Rows of the position table: the longest text, special tokens included. */
  readonly tokens: number;
  /** h, of tokens between layers. */
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  /** Between the two linear maps of a layer's feed-forward part. */
  readonly inner: number;
  readonly activation: Activation;
  /** A token attends to itself and those before it alone (CLIP), or to all (SigLIP). */
  readonly causal: boolean;
  /**
   * The token whose state is the text's vector: the first with this id, the first of the largest id (`largest`: OpenAI's rule, where the end-of-text token
   * is the vocabulary's last), or whatever stands last (`last`: SigLIP).
   */
  readonly end: number | "largest" | "last";
  /** d of the projection behind it all; 0 for none, where d is h. */
  readonly out: number;
  /** Whether the projection has a shift (SigLIP). */
  readonly outBias: boolean;
  /** Of the layer norms. */
  readonly epsilon: number;
  /** Of embeddings and of what each half of a layer adds. */
  readonly hiddenDropout: number;
  /** Of attention probabilities. */
  readonly attentionDropout: number;
}

import type { Activation } from "./feedForward.ts";

/** The sizes and the kind of a vision transformer. */
export interface VisionTransformerConfig {
  /** Pixels of a picture's side. */
  readonly size: number;
  /** Pixels of a patch's side; what is left over at the right and below is not seen. */
  readonly patch: number;
  /** h, of tokens between layers. */
  readonly width: number;
  /** Layers. */
  readonly depth: number;
  readonly heads: number;
  /** Between the two linear maps of a layer's feed-forward part. */
  readonly inner: number;
  readonly activation: Activation;
  /** A picture's vector: the state of a class token before the patches, the mean of the patches, or what a learned query reads of them (SigLIP's "MAP" head). */
  readonly pooling: "cls" | "mean" | "attention";
  /** CLIP's norm before the layers. */
  readonly firstNorm: boolean;
  /** Whether patches have a shift. */
  readonly patchBias: boolean;
  /** d of CLIP's projection behind it all, a matrix; 0 for none, where d is h. */
  readonly out: number;
  /** Of the layer norms. */
  readonly epsilon: number;
  /** Of the patches with their places and of what each half of a layer adds. */
  readonly hiddenDropout: number;
  /** Of attention probabilities. */
  readonly attentionDropout: number;
}

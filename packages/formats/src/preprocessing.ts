/**
 * What becomes of a picture before a network sees it: plain data, which lies beside the weights and is sent to workers.
 *
 * As Hugging Face's image processors: the picture is resized to a square of `size` pixels, whole (`squash`: SigLIP, ViT), or so that its shorter side
 * has `size` pixels, of which the middle is kept (`crop`: CLIP); each value is divided by 255, then `(value - mean) / deviation` by channel.
 */
export interface Preprocessing {
  readonly size: number;
  readonly fit: "squash" | "crop";
  readonly resample: "bilinear" | "bicubic" | "lanczos";
  readonly mean: readonly [number, number, number];
  readonly deviation: readonly [number, number, number];
}

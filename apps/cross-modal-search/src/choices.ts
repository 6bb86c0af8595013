/** What a flag may name, by what is named. */
export const choices = {
  /** `slip` adds SimCLR on the pictures to `clip`. A locked tower makes of any of them a locked-image or locked-text tuning. */
  method: ["clip", "siglip", "slip"],
  /** Towers of pictures that begin from nothing; any other name is a model folder or a run. */
  image: ["convnet", "conv", "resnet18", "resnet34", "resnet50", "vit"],
  /** Towers of texts that begin from nothing; likewise. */
  text: ["static", "transformer", "clip"],
  lock: ["none", "image", "text"],
  tokens: ["words", "pieces"],
  pool: ["mean", "places"],
  damaged: ["raise", "skip", "warn", "skip and stop", "warn and stop"],
  fit: ["squash", "crop"],
  resample: ["bilinear", "bicubic", "lanczos"],
} as const;

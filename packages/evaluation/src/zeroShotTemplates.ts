/**
 * Seven sentences of which `{}` is the class, for `zeroShotClassifier`.
 *
 * Source: OpenAI's CLIP, `Prompt_Engineering_for_ImageNet.ipynb` (the subset found by forward selection); open_clip's
 * `SIMPLE_IMAGENET_TEMPLATES`.
 */
export const zeroShotTemplates: readonly string[] = [
  "itap of a {}.",
  "a bad photo of the {}.",
  "a origami {}.",
  "a photo of the large {}.",
  "a {} in a video game.",
  "art of the {}.",
  "a photo of the small {}.",
];

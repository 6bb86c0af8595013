/** What a flag or a configuration may name, by what is named. */
export const choices = {
  method: ["simclr"],
  encoder: ["convnet", "strided", "places", "resnet18", "resnet34", "resnet50"],
  optimizer: ["sgd", "adamw", "lars"],
} as const;

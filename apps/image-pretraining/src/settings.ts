import type { Configuration } from "./configuration.ts";

/** A configuration after flags: plain JSON, recorded in the run directory, from which the same training can be made again. */
export interface Settings extends Omit<Configuration, "rate" | "epochs"> {
  readonly rate: number;
  readonly seed: number;
  readonly length: { readonly epochs: number } | { readonly steps: number } | { readonly seconds: number };
}

/** What flags may say instead of a configuration. */
export type Overrides = Partial<
  Pick<Settings, "method" | "encoder" | "size" | "batch" | "temperature" | "optimizer" | "length" | "rate">
>;

/** The settings of a configuration, flags over it; the learning rate follows the batch unless a flag gives it. */
export function settings(
  { rate, epochs, ...configuration }: Configuration,
  seed: number,
  flags: Overrides = {},
): Settings {
  const given = Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined)) as Overrides;
  const batch = given.batch ?? configuration.batch;
  const projector =
    given.encoder && given.encoder !== configuration.encoder
      ? { hidden: WIDTH[given.encoder], out: configuration.projector.out }
      : configuration.projector;
  return { ...configuration, projector, rate: rate(batch), seed, length: { epochs }, ...given, batch };
}

/** The projector's hidden width follows the encoder's features, as in lightly; of `places` its channels. */
const WIDTH = { convnet: 128, strided: 256, places: 256, resnet18: 512, resnet34: 512, resnet50: 2048 } as const;

import { settings, type Configuration } from "@nearfar/image-pretraining";
import { describe, expect, it } from "vitest";

const configuration: Configuration = {
  method: "simclr",
  encoder: "convnet",
  size: 32,
  views: { strength: 0.5, blur: 0 },
  batch: 128,
  epochs: 10,
  temperature: 0.5,
  projector: { hidden: 128, out: 64 },
  optimizer: "sgd",
  weightDecay: 5e-4,
  rate: (batch) => (0.06 * batch) / 128,
  warmup: 0,
};

describe("settings", () => {
  it("are the configuration's where no flag is given", () => {
    const { epochs, rate, ...rest } = configuration;
    expect(settings(configuration, 3)).toEqual({ ...rest, rate: rate(128), length: { epochs }, seed: 3 });
  });

  it("take a flag before the configuration, and no flag that is undefined", () => {
    const chosen = settings(configuration, 0, { size: 48, length: { steps: 7 }, temperature: undefined });
    expect(chosen).toMatchObject({ size: 48, length: { steps: 7 }, temperature: 0.5 });
  });

  it("let the rate follow the batch unless a flag gives it", () => {
    // Linear in the batch, as the configuration says: 0.06 for 128.
    expect(settings(configuration, 0, { batch: 64 }).rate).toBe(0.03);
    expect(settings(configuration, 0, { batch: 64, rate: 0.1 }).rate).toBe(0.1);
  });

  it("give another encoder a projector as wide as its features", () => {
    // He et al. 2016: a ResNet-18 has 512 features, a ResNet-50 2048; lightly's hidden layer has as many.
    expect(settings(configuration, 0, { encoder: "resnet18" }).projector).toEqual({ hidden: 512, out: 64 });
    expect(settings(configuration, 0, { encoder: "resnet50" }).projector).toEqual({ hidden: 2048, out: 64 });
    expect(settings(configuration, 0, { encoder: "convnet" }).projector).toEqual(configuration.projector);
  });

  it("are plain JSON, so that a run directory keeps them", () => {
    const chosen = settings(configuration, 1, { batch: 16 });
    expect(JSON.parse(JSON.stringify(chosen))).toEqual(chosen);
  });
});

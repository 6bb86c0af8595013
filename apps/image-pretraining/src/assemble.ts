import { newImageEncoder, simclrHead, type Encoder } from "@nearfar/encoders";
import { simclr, type Method } from "@nearfar/methods";
import { adamW, cosine, lars, sgd, type Optimizer } from "@nearfar/optimizers";
import type { Tensor2D, Tensor4D } from "@nearfar/tensor";
import { encoderSettings } from "./encoderSettings.ts";
import type { Settings } from "./settings.ts";

/** The encoder, the method around it, the optimizer and its schedule that the settings name. */
export function assemble(settings: Settings): {
  encoder: Encoder;
  method: Method<Tensor4D, Tensor2D>;
  optimizer: Optimizer;
  schedule: (steps: number) => (step: number) => number;
} {
  const encoder = newImageEncoder(encoderSettings(settings));
  const { hidden, out } = settings.projector;
  const { temperature, weightDecay, rate, warmup } = settings;
  return {
    encoder,
    method: { simclr }[settings.method]({
      encoder,
      projector: simclrHead(encoder.features, { hidden, out }),
      temperature,
    }),
    optimizer: { sgd, adamw: adamW, lars }[settings.optimizer]({ weightDecay }),
    schedule: (steps) => cosine({ steps, peak: rate, warmup: Math.floor(warmup * steps) }),
  };
}

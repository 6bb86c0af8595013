import { projection, simclrHead, type Encoder } from "@nearfar/encoders";
import { clip, lit, lockedTower, siglip, slip, type Method, type PairTowersOptions } from "@nearfar/methods";
import { adamW, clipped, cosine, perBranch, type Optimizer } from "@nearfar/optimizers";
import type { Settings } from "./settings.ts";
import type { Towers } from "./towers.ts";

/** The method around two towers, the optimizer and its schedule that the settings name. */
export function assemble(
  settings: Settings,
  towers: Towers,
): { method: Method<object>; optimizer: Optimizer; schedule: (steps: number) => (step: number) => number } {
  const { rate, rateImage, rateText, weightDecay, warmup, clip: longest } = settings;
  const own = (peak: number) => ({
    optimizer: adamW({ beta1: 0.9, beta2: 0.98, epsilon: 1e-6, weightDecay, decay: "matrices" }),
    factor: peak / rate,
  });
  const optimizer = perBranch({ "image.encoder": own(rateImage), "text.encoder": own(rateText) }, own(rate));
  return {
    method: methodOf(settings, towers),
    optimizer: longest > 0 ? clipped(optimizer, longest) : optimizer,
    schedule: (steps) => cosine({ steps, peak: rate, warmup: Math.floor(warmup * steps) }),
  };
}

function methodOf(settings: Settings, { image, text }: Towers): Method<object> {
  const { method, lock, dimensions, temperature, selfSupervision } = settings;
  const head = ({ features }: Pick<Encoder, "features">) => projection(features, dimensions);
  const parts = {
    image: lock === "image" ? lockedTower(image.encoder.features) : image.encoder,
    text: lock === "text" ? lockedTower(text.encoder.features) : text.encoder,
    imageProjection: head(image.encoder),
    // A new table of word vectors is one of the space itself.
    ...(settings.text !== "static" && { textProjection: head(text.encoder) }),
    temperature,
  } as PairTowersOptions<object, object> & { temperature: number };
  const projector = simclrHead(image.encoder.features, { out: 128 });
  const made = {
    clip: () => (lock === "none" ? clip(parts) : lit(parts)),
    siglip: () => siglip(parts),
    slip: () => slip({ ...(parts as never as PairTowersOptions), temperature, projector, weight: selfSupervision }),
  }[method]();
  return made as Method<never> as Method<object>;
}

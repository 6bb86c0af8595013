import { simcseHead, type TextStart, type Transformer } from "@nearfar/encoders";
import { UserError } from "@nearfar/formats";
import {
  cosentPairs,
  declutr,
  distil,
  inBatchPairs,
  simcse,
  simcseSupervised,
  supCon,
  withMaskedLanguageModel,
  type Method,
} from "@nearfar/methods";
import { adagrad, adamW, clipped, linear, type Optimizer } from "@nearfar/optimizers";
import type { Settings } from "./settings.ts";

/** The method around an encoder, the optimizer and its schedule that the settings name. */
export function assemble(
  settings: Settings,
  { encoder }: Pick<TextStart, "encoder">,
): { method: Method<object>; optimizer: Optimizer; schedule: (steps: number) => (step: number) => number } {
  const { optimizer: name, rate, warmup, weightDecay, clip, mlm } = settings;
  const plain = methodOf(settings, encoder);
  if (mlm > 0 && !("hidden" in encoder))
    throw new UserError("mlm: needs a transformer, whose tokens have vectors of their own: --init small or a folder.");
  const optimizer = { adagrad: () => adagrad(), adamw: () => adamW({ weightDecay, decay: "matrices" }) }[name]();
  return {
    method:
      mlm > 0
        ? (withMaskedLanguageModel(plain, { encoder: encoder as Transformer, weight: mlm }) as Method<never> as Method<object>) // prettier-ignore
        : plain,
    optimizer: clip > 0 ? clipped(optimizer, clip) : optimizer,
    schedule: (steps) => linear({ steps, peak: rate, warmup: Math.floor(warmup * steps) }),
  };
}

function methodOf(
  { method, temperature, symmetric, hardWeight, matryoshka, head }: Settings,
  encoder: TextStart["encoder"],
): Method<object> {
  const top = head ? { head: simcseHead(encoder.features) } : {};
  const parts = { encoder, temperature, ...top, ...(matryoshka.length > 0 && { dimensions: matryoshka }) };
  const inBatch = () => inBatchPairs({ ...parts, directions: symmetric ? 2 : 1 });
  const methods = {
    parts: inBatch,
    simcse: () => simcse(parts),
    declutr: () => declutr(parts),
    pairs: () => (hardWeight === 0 ? inBatch() : simcseSupervised({ ...parts, hardWeight })),
    cosent: () => cosentPairs({ encoder, temperature, ...top }),
    labels: () => supCon({ encoder, temperature, ...(head && { projector: simcseHead(encoder.features) }) }),
    distil: () => distil({ encoder, temperature, copies: "similarities", ...top }),
  };
  return methods[method]() as Method<never> as Method<object>;
}

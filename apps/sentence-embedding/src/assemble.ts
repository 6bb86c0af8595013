import {
  cosentPairs,
  declutr,
  distil,
  inBatchPairs,
  simcse,
  simcseSupervised,
  supCon,
  type Method,
} from "@nearfar/methods";
import { adagrad, adamW, clipped, linear, type Optimizer } from "@nearfar/optimizers";
import type { Settings } from "./settings.ts";
import type { Start } from "./start.ts";

/** The method around an encoder, the optimizer and its schedule that the settings name. */
export function assemble(
  {
    method,
    temperature,
    symmetric,
    hardWeight,
    matryoshka,
    optimizer: name,
    rate,
    warmup,
    weightDecay,
    clip,
  }: Settings,
  { encoder }: Pick<Start, "encoder">,
): { method: Method<object>; optimizer: Optimizer; schedule: (steps: number) => (step: number) => number } {
  const parts = { encoder, temperature, ...(matryoshka.length > 0 && { dimensions: matryoshka }) };
  const methods = {
    parts: () => inBatchPairs({ ...parts, directions: symmetric ? 2 : 1 }),
    simcse: () => simcse(parts),
    declutr: () => declutr(parts),
    pairs: () =>
      hardWeight === 0
        ? inBatchPairs({ ...parts, directions: symmetric ? 2 : 1 })
        : simcseSupervised({ ...parts, hardWeight }),
    cosent: () => cosentPairs({ encoder, temperature }),
    labels: () => supCon({ encoder, temperature }),
    distil: () => distil({ encoder, temperature, copies: "similarities" }),
  };
  const optimizer = { adagrad: () => adagrad(), adamw: () => adamW({ weightDecay, decay: "matrices" }) }[name]();
  return {
    method: methods[method]() as Method<never> as Method<object>,
    optimizer: clip > 0 ? clipped(optimizer, clip) : optimizer,
    schedule: (steps) => linear({ steps, peak: rate, warmup: Math.floor(warmup * steps) }),
  };
}

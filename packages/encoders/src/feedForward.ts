import {
  fastLinear,
  gelu,
  geluTanh,
  linear,
  quickGelu,
  type LinearParams,
  type Mode,
  type Tensor2D,
} from "@nearfar/tensor";

/** Between a feed-forward part's two linear maps: GELU by the error function, by tanh (SigLIP), or by a sigmoid (OpenAI's CLIP). */
export type Activation = "gelu" | "gelu-tanh" | "quick-gelu";

/** Up to the inner width, activated, and back: `[n, h] -> [n, h]`. In evaluation shift and activation are part of the multiplication. */
export function feedForward(
  [up, down]: readonly [LinearParams, LinearParams],
  x: Tensor2D,
  { activation, mode }: { activation: Activation; mode: Mode },
): Tensor2D {
  if (mode.training) return linear(down, activations[activation](linear(up, x)));
  if (activation === "quick-gelu") return fastLinear(down, quickGelu(fastLinear(up, x)));
  return fastLinear(down, fastLinear(up, x, { activation }));
}

const activations = { gelu, "gelu-tanh": geluTanh, "quick-gelu": quickGelu } as const;

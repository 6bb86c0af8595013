import type { Key } from "@nearfar/random";
import { initial, type Params } from "@nearfar/tensor";
import { initialNorm } from "./initialNorm.ts";
import type { Conv } from "./residualBlock.ts";

/** The first values of a convolution and its batch-norm under their two names: N(0, 2 / fanOut), and the identity. */
export function initConv(key: Key, [conv, bn]: readonly [string, string], { kernel, from, to }: Conv): Params {
  return { [conv]: { weight: initial.heNormal(key.fold(conv), [kernel, kernel, from, to]) }, [bn]: initialNorm(to) };
}

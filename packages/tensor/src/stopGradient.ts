import type { Tensor } from "@tensorflow/tfjs-core";
import { native } from "./native.ts";

/** The same values as a constant: a gradient stops here and costs nothing beyond. Any shape. */
export function stopGradient<T extends Tensor>(x: T): T {
  return native("StopGradient", [x], { T: { type: x.dtype } })[0] as T; // native operations are not on the gradient tape
}

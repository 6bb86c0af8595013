import type { Tensor1D } from "@tensorflow/tfjs-core";
import type { Key } from "@nearfar/random";
import { tf } from "./tf.ts";

/** A key's 64 bits as the engine's seed, int32 `[2]`: the form in which keys enter a step. */
export function seedOf(key: Key): Tensor1D {
  return tf.tensor1d([key.words[0] | 0, key.words[1] | 0], "int32");
}

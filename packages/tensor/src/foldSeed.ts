import type { Tensor1D } from "@tensorflow/tfjs-core";
import { key } from "@nearfar/random";
import { tf } from "./tf.ts";

/** The seed of a named part below this one, on the engine: the name's own 64 bits are added, so that a recorded step stays a function of its seed. */
export function foldSeed(seed: Tensor1D, name: string | number): Tensor1D {
  const [a, b] = NAMES.fold(name).words;
  return tf.add(seed, tf.tensor1d([a | 0, b | 0], "int32")); // int32 addition wraps
}

const NAMES = key(0);

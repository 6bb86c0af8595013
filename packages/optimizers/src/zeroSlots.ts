import { isTrainable, leaves, tf, tree, type Params } from "@nearfar/tensor";

/** A tree of zeros, one for every trainable leaf. */
export function zeroSlots(params: Params): Params {
  const trainable = [...leaves(params)].filter(([path]) => isTrainable(path));
  return tree(trainable.map(([path, leaf]) => [path, tf.zerosLike(leaf)]));
}

import { mapLeaves, type Params, tf } from "@nearfar/tensor";
import { noise } from "@nearfar/testing";

/** The tree of the same names and shapes with the weights of golden/make.py (`leaf`); a scalar, such as a temperature that learns, stays as it is. */
export function noisy(params: Params): Params {
  return mapLeaves(params, (leaf, path) => {
    const { shape, size } = leaf;
    if (leaf.rank === 0) return leaf;
    const [centre, scale] = spread(path, shape);
    return tf.tensor(
      Float32Array.from(noise(path, size), (u) => centre + scale * u),
      shape,
    );
  });
}

function spread(path: string, shape: readonly number[]): [centre: number, scale: number] {
  if (shape.length > 1) return [0, Math.sqrt(6 / shape.slice(0, -1).reduce((a, b) => a * b, 1))];
  if (path.endsWith("running_var")) return [1, 0.5];
  return path.endsWith("weight") ? [1, 0.2] : [0, 0.2];
}

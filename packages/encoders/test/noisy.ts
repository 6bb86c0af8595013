import { leaves, tf, tree, type Params } from "@nearfar/tensor";
import { noise } from "@nearfar/testing";

/** The tree of the same names and shapes with the weights of golden/make.py (`steady` keeps most ReLUs away from 0). */
export function noisy(params: Params, { steady = false } = {}): Params {
  return tree(
    [...leaves(params)].map(([path, leaf]) => [path, tf.tensor(values(path, leaf.shape, steady), leaf.shape)]),
  );
}

function values(path: string, shape: number[], steady: boolean): Float32Array {
  const size = shape.reduce((a, b) => a * b, 1);
  const [centre, scale] = spread(path, shape, size);
  const far = steady && path.endsWith("bias");
  const values = new Float32Array(size);
  noise(path, size).forEach((u, i) => {
    const offset = far ? (i % 4 === 0 && path.endsWith("bn1.bias") ? -4 : 4) : 0;
    values[i] = centre + offset + scale * u;
  });
  return values;
}

function spread(path: string, shape: number[], size: number): [centre: number, scale: number] {
  if (shape.length > 1) return [0, Math.sqrt(6 / (size / shape.at(-1)!))];
  if (path.endsWith("running_var")) return [1, 0.5];
  return path.endsWith("weight") ? [1, 0.2] : [0, 0.2];
}

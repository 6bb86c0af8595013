import type * as random from "@nearfar/random";

/** One draw of each kind, by a given copy of the package: this module is loaded in a worker thread too. */
export function draw({ key, uniform, uniforms, normals, permutation }: typeof random): unknown {
  const root = key(42).fold("encoder").fold(3);
  return {
    words: root.words,
    uniform: uniform(root),
    uniforms: [...uniforms(root, 5)],
    normals: [...normals(root, 5)],
    permutation: [...permutation(root, 9)],
  };
}

import { UserError, type NamedArray } from "@nearfar/formats";
import type { CheckpointPaths } from "./checkpointFormat.ts";

const maxDepth = 64;

/** Whether the trees that a file describes can be built from its tensors; a `UserError` if not. The digest keeps out accidents, not authors. */
export function checkPaths(value: object, tensors: ReadonlyMap<string, NamedArray>, file: string): CheckpointPaths {
  const { leaves, bare } = value as Record<keyof CheckpointPaths, unknown>;
  if (!isPaths(leaves) || !isPaths(bare)) throw new UserError(`${file}: the metadata names no trees.`);
  const inner = new Set([...leaves, ...bare].flatMap(above));
  const ends = new Set([...leaves, ...bare]);
  const isTree = ends.size === leaves.length + bare.length && [...ends].every((path) => !inner.has(path));
  if (!isTree)
    throw new UserError(`${file}: a name in the metadata is there twice, or is a leaf and a branch at once.`);
  if (leaves.length !== tensors.size || !leaves.every((path) => tensors.has(path)))
    throw new UserError(`${file}: the tensors are not those that the metadata names.`);
  return { leaves, bare };
}

/** Lists of dotted paths of names that are not empty. */
function isPaths(value: unknown): value is string[] {
  if (!Array.isArray(value)) return false;
  return value.every((path) => {
    if (typeof path !== "string") return false;
    const names = path.split(".");
    return names.length <= maxDepth && !names.includes("");
  });
}

/** The branches on the way to a path: `a` and `a.b` for `a.b.c`. */
function above(path: string): string[] {
  const names = path.split(".");
  return names.slice(1).map((_, i) => names.slice(0, i + 1).join("."));
}

import { UserError, type NamedArray } from "@nearfar/formats";
import type { Tensor } from "@nearfar/tensor";
import { storedLayout } from "./storedLayout.ts";

/** A leaf that a file must have. */
export interface WantedLeaf {
  /** Its name in the file. */
  readonly name: string;
  readonly path: string;
  readonly shape: readonly number[];
  /** Its shape in the file, where that has axes of 1 more. */
  readonly stored?: readonly number[];
}

/**
 * The leaves that a Hugging Face file must have, by their paths, turned into our layout; the caller owns them.
 *
 * Names that `unused` matches are passed over. A tensor that is missing, left over or of another shape is a `UserError` that names all of them.
 */
export function fitWeights(
  tensors: ReadonlyMap<string, NamedArray>,
  wanted: readonly WantedLeaf[],
  { file, unused }: { file: string; unused: RegExp },
): [path: string, leaf: Tensor][] {
  const names = new Set(wanted.map(({ name }) => name));
  const missing = [...names].filter((name) => !tensors.has(name));
  const left = [...tensors.keys()].filter((name) => !names.has(name) && !unused.test(name));
  const other = wanted.flatMap(({ name, path, shape, stored }) => {
    const right = (stored ?? storedLayout.shape(path, shape)).join(", ");
    const got = tensors.get(name)?.shape.join(", ");
    return got === undefined || got === right ? [] : [`${name} is [${got}] instead of [${right}]`];
  });
  const told = [
    ...(missing.length > 0 ? [`missing: ${some(missing)}`] : []),
    ...(left.length > 0 ? [`left over: ${some(left)}`] : []),
    ...(other.length > 0 ? [`of another shape: ${some(other)}`] : []),
  ];
  if (told.length > 0) throw new UserError(`${file}: the weights do not fit config.json beside it; ${told.join("; ")}`);
  return wanted.map(({ name, path, shape }) => [path, storedLayout.read(path, shape, tensors.get(name)!)]);
}

/** On one line, however many there are. */
function some(names: readonly string[], most = 8): string {
  const rest = names.length - most;
  return names.slice(0, most).join(", ").slice(0, 1000) + (rest > 0 ? ` and ${rest} more` : "");
}

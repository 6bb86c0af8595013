import type { ImageSource } from "./imageSource.ts";
import { pack } from "./pack.ts";
import type { PairItem, PairSet } from "./pairSet.ts";

/** Some pairs of a set, in the order of `indices`, as a set of their own: what is trained on, or what is held out. Throws RangeError for an index that is none. */
export function takePairs<Item extends PairItem>(
  set: PairSet<Item>,
  indices: readonly number[] | Uint32Array,
): PairSet<Item> {
  const wanted = Array.from(indices);
  const wrong = wanted.find((i) => !(Number.isInteger(i) && i >= 0 && i < set.items.length));
  if (wrong !== undefined)
    throw new RangeError(`takePairs: an index is a whole number below ${set.items.length}; got ${wrong}.`);
  return {
    ...set,
    description: `${set.description}\n${wanted.length} of ${set.items.length} pictures taken`,
    items: wanted.map((i) => set.items[i]!),
    source: take(set.source, wanted),
  };
}

function take(source: ImageSource, wanted: readonly number[]): ImageSource {
  if (source.kind === "files") return { ...source, paths: wanted.map((i) => source.paths[i]!) };
  const all = new Uint8Array(source.buffer);
  const packed = pack(wanted.map((i) => all.subarray(source.offsets[i], source.offsets[i + 1])));
  if (source.kind === "bytes") return { kind: "bytes", ...packed };
  const sides = (of: Uint32Array) => Uint32Array.from(wanted, (i) => of[i]!);
  return { kind: "pixels", ...packed, widths: sides(source.widths), heights: sides(source.heights) };
}

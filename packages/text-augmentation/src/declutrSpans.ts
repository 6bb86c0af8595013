import type { Key } from "@nearfar/random";
import { declutrPositions, type DeclutrOptions } from "./declutrPositions.ts";

/**
 * DeCLUTR's anchors and the positives of each, as views of `ids`. A text needs 2 `max` tokens for each anchor, else RangeError.
 *
 * Source: Giorgi et al. 2021 (DeCLUTR), section 3.1; see `declutrPositions`.
 */
export function declutrSpans(
  key: Key,
  ids: Int32Array,
  options: DeclutrOptions = {},
): { anchor: Int32Array; positives: Int32Array[] }[] {
  return declutrPositions(key, ids.length, options).map(({ anchor, positives }) => ({
    anchor: ids.subarray(anchor.start, anchor.end),
    positives: positives.map(({ start, end }) => ids.subarray(start, end)),
  }));
}

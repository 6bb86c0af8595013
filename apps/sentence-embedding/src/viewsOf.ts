import type { Key } from "@nearfar/random";
import { declutrSpans, splitSpans, subsampleTokens } from "@nearfar/text-augmentation";
import type { Settings } from "./settings.ts";

/** The methods that learn from texts alone, by views of them. */
export type ViewedMethod = Extract<Settings["method"], "parts" | "simcse" | "declutr">;

/**
 * The views of one text, first the anchor.
 *
 * - `simcse`: the text twice; dropout tells them apart.
 * - `parts`: what stands before and after a random place, each without some of its frequent tokens (`keep`): they share the topic and no word.
 * - `declutr`: an anchor span and a span from around it.
 */
export function viewsOf(
  key: Key,
  ids: Int32Array,
  { method, keep }: { method: ViewedMethod; keep?: Float32Array | undefined },
): readonly Int32Array[] {
  switch (method) {
    case "simcse":
      return [ids, ids];
    case "parts": {
      const parts = splitSpans(key.fold("split"), ids);
      return keep ? parts.map((part, i) => subsampleTokens(key.fold(i), part, keep)) : parts;
    }
    case "declutr": {
      const most = Math.max(1, Math.floor(ids.length / 2)); // sentences are short: a span is at most half of one
      const [span] = declutrSpans(key, ids, { anchors: 1, positives: 1, min: Math.min(3, most), max: most });
      return [span!.anchor, span!.positives[0]!];
    }
  }
}

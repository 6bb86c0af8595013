import type { IconItem } from "./iconItem.ts";
import type { IconifySet } from "./iconifySet.ts";

/** What `emojibase-data` says of an emoji. */
export interface Emoji {
  readonly label: string;
  readonly hexcode: string;
  readonly group?: number;
  readonly tags?: readonly string[];
}

/**
 * The pictures of a set that are emoji, found by the name that follows from the label, else by the code point.
 *
 * Skin tones and other variants that emojibase does not list by themselves are left out, so that they cannot stand on both sides of a split.
 */
export function emojiItems(
  set: string,
  { icons }: IconifySet,
  { emoji, codes }: { emoji: readonly Emoji[]; codes: Readonly<Record<string, string>> },
): IconItem[] {
  const known = emoji.filter(({ group }) => group !== undefined);
  const byCode = new Map(known.map((one) => [bare(one.hexcode), one]));
  const bySlug = new Map(known.map((one) => [slug(one.label), one]));
  const codeOf = new Map(Object.entries(codes).map(([code, icon]) => [icon, bare(code)]));
  return Object.keys(icons).flatMap((icon) => {
    const found = bySlug.get(icon) ?? byCode.get(codeOf.get(icon) ?? "");
    if (!found) return [];
    const { label, tags = [] } = found;
    return [
      { path: `${set}/${icon}`, captions: [label, ...tags], concept: label, family: label.slice(0, end(label, ":")) },
    ];
  });
}

const bare = (code: string) => code.toLowerCase().replace(/-fe0f/g, "");

const slug = (label: string) =>
  label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

function end(text: string, mark: string): number {
  const at = text.indexOf(mark);
  return at < 0 ? text.length : at;
}

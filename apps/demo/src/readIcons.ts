import { createRequire } from "node:module";
import type { Icon } from "./icon.ts";

/**
 * The pictures that npm brings: emoji in two styles, joined by code point or name, and icons.
 *
 * Skin tones and other variants that emojibase does not list by themselves are left out, so that they cannot stand on both sides of a split.
 */
export function readIcons(): Icon[] {
  const emoji = require("emojibase-data/en/data.json") as Emoji[];
  const known = emoji.filter(({ group }) => group !== undefined);
  const byCode = new Map(known.map((one) => [bare(one.hexcode), one]));
  const bySlug = new Map(known.map((one) => [slug(one.label), one]));
  const styles = [
    ["noto", "@iconify-json/noto"],
    ["fluent", "@iconify-json/fluent-emoji-flat"],
  ] as const;
  const drawn = styles.flatMap(([style, name]) => {
    const set = require(`${name}/icons.json`) as IconSet;
    const codes = new Map(
      Object.entries(require(`${name}/chars.json`) as Record<string, string>).map(([code, icon]) => [icon, code]),
    );
    return Object.entries(set.icons).flatMap(([icon, body]) => {
      const found = bySlug.get(icon) ?? byCode.get(bare(codes.get(icon) ?? ""));
      return found ? [{ style, concept: found.label, group: found.group, svg: svg(body, set) }] : [];
    });
  });
  const lucide = require("@iconify-json/lucide/icons.json") as IconSet;
  const icons = Object.entries(lucide.icons).map(([icon, body]) => ({
    style: "lucide" as const,
    concept: `icon ${family(icon)}`,
    group: undefined,
    svg: svg(body, lucide),
  }));
  return [...drawn, ...icons];
}

interface Emoji {
  readonly label: string;
  readonly hexcode: string;
  readonly group?: number;
}
interface IconBody {
  readonly body: string;
  readonly left?: number;
  readonly top?: number;
  readonly width?: number;
  readonly height?: number;
}
interface IconSet {
  readonly icons: Readonly<Record<string, IconBody>>;
  readonly width?: number;
  readonly height?: number;
}

const require = createRequire(import.meta.url);
const bare = (code: string) => code.toLowerCase().replace(/-fe0f/g, "");
const slug = (label: string) =>
  label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

/** Icons of one family are variants of each other (arrow-up, arrow-down): the first word is the concept. */
const family = (icon: string) => icon.split("-")[0]!;

function svg({ body, left = 0, top = 0, ...own }: IconBody, set: IconSet): string {
  const width = own.width ?? set.width ?? 16;
  const height = own.height ?? set.height ?? 16;
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}">${body}</svg>`;
}

import { join } from "node:path";
import { drawOnce, openIcons, type IconItem, type PairSet } from "@nearfar/data";
import { decodeImage } from "@nearfar/image-augmentation";
import { cacheFolder } from "@nearfar/tensor/setup";
import { side } from "./side.ts";

/**
 * The pictures that npm brings, with names and tags, drawn once into the cache of this machine.
 *
 * Icons: `@iconify-json/lucide` with the tags of `lucide-static`, `@iconify-json/tabler` with those of `@tabler/icons`, `@iconify-json/mdi` with those of
 * `@mdi/svg`. Emoji in two styles, with the tags of `emojibase-data`: `@iconify-json/noto` and `@iconify-json/fluent-emoji-flat`.
 */
export async function openPictures(): Promise<PairSet<IconItem>> {
  const set = await openIcons(["lucide", "tabler", "mdi", "noto", "fluent-emoji-flat"]);
  return drawOnce(set, (svg) => decodeImage(svg, { svg: true, size: side }), {
    side,
    cache: join(cacheFolder(), "icons"),
  });
}

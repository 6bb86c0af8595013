/** What a set needs: its pictures and, of an emoji, which one each is; and the names and tags. */
export interface IconSetFiles {
  readonly kind: "icons" | "emoji";
  readonly pictures: readonly [name: string, file: string];
  readonly codes?: readonly [name: string, file: string];
  readonly tags: readonly [name: string, file: string];
}

const emoji = (name: string): IconSetFiles => ({
  kind: "emoji",
  pictures: [name, "icons.json"],
  codes: [name, "chars.json"],
  tags: ["emojibase-data", "en/data.json"],
});

/** The icon sets of npm that come with tags, and the files of the packages that hold them. */
export const iconSets: Readonly<Record<string, IconSetFiles>> = {
  lucide: {
    kind: "icons",
    pictures: ["@iconify-json/lucide", "icons.json"],
    tags: ["lucide-static", "tags.json"],
  },
  tabler: {
    kind: "icons",
    pictures: ["@iconify-json/tabler", "icons.json"],
    tags: ["@tabler/icons", "icons.json"],
  },
  mdi: { kind: "icons", pictures: ["@iconify-json/mdi", "icons.json"], tags: ["@mdi/svg", "meta.json"] },
  noto: emoji("@iconify-json/noto"),
  "fluent-emoji-flat": emoji("@iconify-json/fluent-emoji-flat"),
};

/** The words for an icon: its name, then its tags; undefined where the set has no tags for it. */
export type IconWords = (name: string) => readonly string[] | undefined;

const words = (name: string) => name.replace(/-/g, " ");

/** A function from an icon's name to its words, by the tag file of each set as it is published. */
export const iconTags: Readonly<Record<string, (file: unknown) => IconWords>> = {
  lucide: (file) => {
    const tags = file as Readonly<Record<string, readonly string[]>>;
    return (name) => (tags[name] ? [words(name), ...tags[name]] : undefined);
  },
  tabler: (file) => {
    const icons = file as Readonly<Record<string, { tags?: readonly (string | number)[]; category?: string }>>;
    return (name) => {
      const base = name.replace(/-filled$/, "");
      const icon = icons[base];
      if (!icon) return undefined;
      return [words(base), ...(icon.tags ?? []).map(String), icon.category ?? ""].filter((word) => word !== "");
    };
  },
  mdi: (file) => {
    const icons = file as readonly { name: string; aliases: readonly string[]; tags: readonly string[] }[];
    const byName = new Map(icons.map((icon) => [icon.name, icon]));
    return (name) => {
      const icon = byName.get(name);
      return icon && [words(name), ...icon.aliases.map(words), ...icon.tags];
    };
  },
};

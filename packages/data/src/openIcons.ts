import { readFile } from "node:fs/promises";
import { UserError } from "@nearfar/formats";
import { emojiItems, type Emoji } from "./emojiItems.ts";
import type { IconItem } from "./iconItem.ts";
import type { IconifySet } from "./iconifySet.ts";
import { iconSets } from "./iconSets.ts";
import { iconSvg } from "./iconSvg.ts";
import { iconTags } from "./iconTags.ts";
import { pack } from "./pack.ts";
import { packageFile } from "./packageFile.ts";
import type { PairSet } from "./pairSet.ts";

export interface OpenIconsOptions {
  /** The folder whose `node_modules`, or those above it, hold the packages; then this package's own are tried. */
  readonly from?: string;
}

/**
 * Icon sets that are installed from npm, with their names and tags: lucide, tabler, mdi, noto, fluent-emoji-flat.
 *
 * The source holds SVG, to be drawn once (`drawOnce`) or decoded with `decodeImage(bytes, { svg: true, size })`. An icon that is
 * hidden or has no tags is left out. An unknown set, and packages that are not installed, are a UserError that names them.
 */
export async function openIcons(
  names: readonly string[],
  { from = process.cwd() }: OpenIconsOptions = {},
): Promise<PairSet<IconItem>> {
  const sets = names.map((name) => name.trim());
  const unknown = sets.find((name) => !Object.hasOwn(iconSets, name));
  if (unknown !== undefined)
    throw new UserError(`icons: no set "${unknown}"; there are ${Object.keys(iconSets).join(", ")}`);
  const files = locate([...new Set(sets)], from);
  const read = new Map<string, unknown>();
  for (const file of new Set(files.values())) read.set(file, JSON.parse(await readFile(file, "utf8")));
  const content = ([name, file]: readonly [string, string]) => read.get(files.get(`${name}/${file}`)!);
  const items: IconItem[] = [];
  const svgs: Uint8Array[] = [];
  const told: string[] = [];
  for (const name of new Set(sets)) {
    const { kind, pictures, codes, tags } = iconSets[name]!;
    const set = content(pictures) as IconifySet;
    const found =
      kind === "emoji"
        ? emojiItems(name, set, {
            emoji: content(tags) as readonly Emoji[],
            codes: content(codes!) as Readonly<Record<string, string>>,
          })
        : iconItems(name, set, content(tags));
    const total = Object.keys(set.icons).length;
    told.push(
      `${name}: ${found.length} of ${total} pictures${found.length < total ? ", the others without tags" : ""}`,
    );
    for (const item of found) {
      items.push(item);
      svgs.push(new TextEncoder().encode(iconSvg(set.icons[item.path.slice(name.length + 1)]!, set)));
    }
  }
  return {
    name: sets.join(","),
    description: told.join("\n"),
    items,
    source: { kind: "bytes", ...pack(svgs) },
    files: [...new Set(files.values())],
    damaged: {},
  };
}

function iconItems(set: string, { icons }: IconifySet, tags: unknown): IconItem[] {
  const wordsOf = iconTags[set]!(tags);
  return Object.entries(icons).flatMap(([name, { hidden }]) => {
    const captions = hidden ? undefined : wordsOf(name);
    if (captions === undefined || captions.length < 2) return [];
    const concept = name.replace(/-(outline|filled|off|circle|square|[0-9]+)$/, "");
    return [{ path: `${set}/${name}`, captions, concept, family: name.split("-")[0]! }];
  });
}

/** Where each file that these sets need lies, by `package/file`. */
function locate(sets: readonly string[], from: string): Map<string, string> {
  const files = new Map<string, string>();
  const missing = new Set<string>();
  for (const { pictures, codes, tags } of sets.map((name) => iconSets[name]!))
    for (const [name, file] of [pictures, tags, ...(codes ? [codes] : [])]) {
      const path = packageFile(name, file, from);
      if (path === undefined) missing.add(name);
      else files.set(`${name}/${file}`, path);
    }
  if (missing.size > 0)
    throw new UserError(
      `icons: ${[...missing].join(" and ")} cannot be found from ${from}: npm install ${[...missing].join(" ")}`,
    );
  return files;
}

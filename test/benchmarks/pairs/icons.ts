import { join } from "node:path";
import { configurationFor } from "@nearfar/cross-modal-search";
import { drawOnce, openIcons, takePairs, type IconItem, type PairSet } from "@nearfar/data";
import { decodeImage } from "@nearfar/image-augmentation";
import { key, permutation } from "@nearfar/random";
import { loadEngine } from "@nearfar/tensor";
import { cacheFolder } from "@nearfar/tensor/setup";
import { held } from "../held.ts";
import type { Measurement } from "../measurement.ts";
import { median } from "../median.ts";
import { points } from "../points.ts";
import { recallOfTowers } from "./recallOfTowers.ts";

const SIDE = 48;
const SEEDS = [0, 1, 2];
const ASKED = 1000;

/** Icons of lucide, tabler and mdi with their tags, the protocol of icons_clip.py: 170 s of training, then 1,000 that were never seen. */
export const icons: readonly Measurement[] = [
  {
    benchmark: "pairs",
    slice: "icons",
    measure: async ({ quick }) => {
      const found = await forSeeds(quick, byConcept);
      return {
        rows: [
          row("tags to icon, 1,000 unseen concepts", found.tags, { least: 60, peer: 54.4 }),
          row("name to icon, 1,000 unseen concepts", found.names, { least: 47, peer: 42.7 }),
        ],
        versions: { tensorflow: loadEngine().version },
        samples: found,
      };
    },
  },
  {
    benchmark: "pairs",
    slice: "icons-family",
    measure: async ({ quick }) => {
      const found = await forSeeds(quick, byFamily);
      return {
        rows: [
          row("tags to icon, 1,000 icons of unseen families", found.tags, { least: 27, peer: 23.4 }),
          row("name to icon, 1,000 icons of unseen families", found.names, { peer: 18.1 }),
        ],
        versions: { tensorflow: loadEngine().version },
        samples: found,
      };
    },
  },
];

function row(what: string, recalls: readonly number[], { least, peer }: { least?: number; peer: number }) {
  const middle = median(recalls);
  return {
    what: `${what}, from nothing in 170 s: recall@10, median of ${recalls.length} seeds`,
    ours: `${points(middle)} (${recalls.map(points).join(", ")})`,
    peer: `icons_clip.py ${peer} (recorded)`,
    ...(least !== undefined && held(`>= ${least}`, 100 * middle >= least)),
  };
}

type Split = (items: readonly IconItem[], seed: number) => { seen: number[]; asked: number[] };

async function forSeeds(quick: boolean, split: Split): Promise<{ tags: number[]; names: number[] }> {
  const drawn = await drawOnce(
    await openIcons(["lucide", "tabler", "mdi"]),
    (svg) => decodeImage(svg, { svg: true, size: SIDE }),
    { side: SIDE, cache: join(cacheFolder(), "icons") },
  );
  const found = { tags: [] as number[], names: [] as number[] };
  for (const seed of quick ? [0] : SEEDS) {
    const { seen, asked } = split(drawn.items, seed);
    const held = takePairs(drawn, asked);
    const { recalls } = await recallOfTowers(`icons-${seed}`, {
      training: takePairs(drawn, seen),
      settings: { ...configurationFor("icons"), seed, length: { seconds: quick ? 5 : 170 } },
      questions: [
        withTexts(held, ({ captions }) => captions.join(" ")),
        withTexts(held, ({ captions }) => captions[0]!),
      ],
    });
    found.tags.push(recalls[0]!);
    found.names.push(recalls[1]!);
  }
  return found;
}

/** 2,500 concepts are held out whole; one icon of each of 1,000 of them is asked for. */
const byConcept: Split = (items, seed) => {
  const { isHeld, order } = holdOut(items, seed, { group: ({ concept }) => concept!, held: () => 2500 });
  const known = new Set<string>();
  const asked = order.filter((i) => {
    const { concept } = items[i]!;
    if (!isHeld(i) || known.has(concept!)) return false;
    known.add(concept!);
    return true;
  });
  return { seen: [...items.keys()].filter((i) => !isHeld(i)), asked: asked.slice(0, ASKED) };
};

/** Three in ten first words are held out whole; 1,000 of their icons are asked for. */
const byFamily: Split = (items, seed) => {
  const rule = { group: ({ family }: IconItem) => family!, held: (all: number) => Math.floor(0.3 * all) };
  const { isHeld, order } = holdOut(items, seed, rule);
  return { seen: [...items.keys()].filter((i) => !isHeld(i)), asked: order.filter(isHeld).slice(0, ASKED) };
};

function holdOut(
  items: readonly IconItem[],
  seed: number,
  { group, held }: { group: (item: IconItem) => string; held: (all: number) => number },
) {
  const own = key(seed).fold("icons");
  const groups = [...new Set(items.map(group))].sort();
  const kept = permutation(own.fold("groups"), groups.length).subarray(0, held(groups.length));
  const out = new Set(Array.from(kept, (i) => groups[i]!));
  return {
    isHeld: (i: number) => out.has(group(items[i]!)),
    order: Array.from(permutation(own.fold("asked"), items.length)),
  };
}

const withTexts = (set: PairSet<IconItem>, text: (item: IconItem) => string): PairSet => ({
  ...set,
  items: set.items.map((item) => ({ path: item.path, captions: [text(item)] })),
});

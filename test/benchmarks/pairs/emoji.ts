import { join } from "node:path";
import { configurationFor } from "@nearfar/cross-modal-search";
import { openPairs, takePairs, type PairSet } from "@nearfar/data";
import { key, permutation } from "@nearfar/random";
import { loadEngine } from "@nearfar/tensor";
import { dataFolder } from "../dataFolder.ts";
import { held } from "../held.ts";
import type { Measurement } from "../measurement.ts";
import { points } from "../points.ts";
import { recallOfTowers } from "./recallOfTowers.ts";

const ASKED = 300;

/** 1,911 emoji with names and tags in English and Chinese, the protocol of emoji_clip.py: 100 s of training, then 300 that were never seen. */
export const emoji: Measurement = {
  benchmark: "pairs",
  slice: "emoji",
  measure: async ({ quick }) => {
    const folder = join(dataFolder("emoji"), "emoji");
    const columns = { path: "image", captions: ["label_en", "tags_en", "label_zh", "tags_zh"] };
    const open = (captions: readonly string[]) =>
      openPairs(join(folder, "captions.jsonl.gz"), {
        images: join(folder, "noto-emoji-64px-png.tar"),
        columns: { ...columns, captions: [...captions] },
      });
    const [english, chinese] = [
      joined(await open(["label_en", "tags_en"])),
      joined(await open(["label_zh", "tags_zh"])),
    ];
    const { seen, asked } = split(english);
    const both = english.items.map((item, i) => ({ ...item, captions: [item, chinese.items[i]!].flatMap(textsOf) }));
    const { recalls } = await recallOfTowers("emoji", {
      training: takePairs({ ...english, items: both }, seen),
      settings: {
        ...configurationFor("icons"),
        tags: false, // a caption per language
        batch: 256,
        seed: 0,
        length: { seconds: quick ? 5 : 100 },
      },
      questions: [takePairs(english, asked), takePairs(chinese, asked)],
    });
    const row = (language: string, recall: number, { least, peer }: { least: number; peer: number }) => ({
      what: `Emoji, ${language} name and tags to picture, ${ASKED} unseen, from nothing in 100 s: recall@10`,
      ours: points(recall),
      peer: `emoji_clip.py ${peer} (recorded)`,
      ...held(`>= ${least}`, 100 * recall >= least),
    });
    return {
      rows: [
        row("English", recalls[0]!, { least: 37, peer: 34 }),
        row("Chinese", recalls[1]!, { least: 34, peer: 30.7 }),
      ],
      versions: { tensorflow: loadEngine().version },
    };
  },
};

const textsOf = ({ captions }: { captions: readonly string[] }) => captions;

/** Name and tags as one text; the concept is what stands before the colon of a name, so that skin tones stay together. */
const joined = (set: PairSet): PairSet => ({
  ...set,
  items: set.items.map(({ path, captions }) => ({
    path,
    captions: [captions.join(" ")],
    concept: captions[0]!.split(/[:：]/)[0]!,
  })),
});

/** Three in ten concepts are held out whole. */
function split({ items }: PairSet): { seen: number[]; asked: number[] } {
  const conceptOf = (i: number) => items[i]!.concept!;
  const own = key(0).fold("emoji");
  const all = [...items.keys()];
  const concepts = [...new Set(all.map(conceptOf))].sort();
  const kept = permutation(own.fold("concepts"), concepts.length).subarray(0, Math.floor(0.3 * concepts.length));
  const out = new Set(Array.from(kept, (i) => concepts[i]!));
  const unseen = Array.from(permutation(own.fold("asked"), items.length)).filter((i) => out.has(conceptOf(i)));
  return { seen: all.filter((i) => !out.has(conceptOf(i))), asked: unseen.slice(0, ASKED) };
}

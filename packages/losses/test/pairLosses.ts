import { readFileSync } from "node:fs";
import { losses } from "./goldenLosses.ts";

/** golden/pair-losses.json: open_clip 3.3.0 and torch 2.14.1 in float64, made by golden/make_pairs.py on the inputs of losses.json. */
const golden = JSON.parse(readFileSync(new URL("golden/pair-losses.json", import.meta.url), "utf8")) as {
  groups: number[];
  values: Record<string, number>;
};
const { z0, z1, z2 } = losses.inputs;

export const pairLosses = {
  groups: golden.groups,
  images: z0,
  texts: z1,
  /** Two of each picture. */
  captions: [...z1, ...z2],
  /** The value of that name; there is one. */
  value(name: string): number {
    const value = golden.values[name];
    if (value === undefined) throw new Error(`pair-losses.json has no "${name}".`);
    return value;
  },
};

import { readFileSync } from "node:fs";
import { losses } from "./goldenLosses.ts";

/** golden/text-losses.json: sentence-transformers 6.2.0 and torch 2.14.1 in float64, made by golden/make.py on the inputs of losses.json. */
const golden = JSON.parse(readFileSync(new URL("golden/text-losses.json", import.meta.url), "utf8")) as {
  scores: number[];
  words: number[];
  guide: number[][][];
  teacher: number[][];
  values: Record<string, number>;
};

export const textLosses = {
  ...golden,
  ...losses.inputs,
  /** The value of that name; there is one. */
  value(name: string): number {
    const value = golden.values[name];
    if (value === undefined) throw new Error(`text-losses.json has no "${name}".`);
    return value;
  },
};

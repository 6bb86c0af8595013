import type { Key } from "@nearfar/random";
import { pickWords } from "./pickWords.ts";
import { repeatedPositions } from "./repeatedPositions.ts";
import { words } from "./words.ts";

/** Repeats some words at their place, at most max(2, `ratio` n) of them. Source: Wu et al. 2022 (ESimCSE), section 3.1. */
export function repeatWords(key: Key, text: string, { ratio = 0.32 } = {}): string {
  return pickWords(text, repeatedPositions(key, words(text).length, { ratio }));
}

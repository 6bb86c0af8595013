import { readFileSync } from "node:fs";
import type { CrossModalRetrieval } from "@nearfar/evaluation";

type Rows = number[][];

/** The values that golden/makePairs.py made with open_clip, NumPy and SciPy. */
export const pairs = JSON.parse(readFileSync(new URL("golden/pairs.json", import.meta.url), "utf8")) as {
  retrieval: { images: Rows; texts: Rows; expected: CrossModalRetrieval };
  captions: {
    images: Rows;
    texts: Rows;
    owner: number[];
    expected: CrossModalRetrieval;
    chance: { recall: Record<string, number>; meanRank: number };
  };
  kendall: { a: number[]; b: number[]; tauB: number; tauC: number }[];
  judgements: { scores: number[]; ratings: Rows; tauB: number; tauC: number };
  zeroShot: {
    classes: string[];
    templates: string[];
    sentences: Record<string, number[]>;
    classifier: Rows;
    images: Rows;
    labels: number[];
    top1: number;
    top5: number;
  };
  gap: {
    images: Rows;
    texts: Rows;
    distance: number;
    within: { images: number; texts: number };
    between: number;
    points: Rows;
  };
};

import { rm } from "node:fs/promises";
import { join } from "node:path";
import { decodePairs, scorePairs, trainPairs, type Settings } from "@nearfar/cross-modal-search";
import type { PairSet } from "@nearfar/data";
import { openImageTextModel } from "@nearfar/encoders";
import type { PlainObject } from "@nearfar/runs";
import { loadEngine } from "@nearfar/tensor";
import { workFile } from "../workFile.ts";

export interface Towers {
  readonly training: PairSet;
  readonly settings: Settings;
  /** Sets that were never seen: of each the recall@10 of pictures by their text. */
  readonly questions: readonly PairSet[];
}

/** Trains two towers into a run that is removed afterwards, and asks: recall@10 of text to image, from 0 to 1, one per set of questions. */
export async function recallOfTowers(
  name: string,
  { training, settings, questions }: Towers,
): Promise<{ recalls: number[]; report: PlainObject }> {
  loadEngine();
  const run = workFile(`pairs-${name}`);
  try {
    const say = (line: string) => void process.stderr.write(`${line}\n`);
    const report = await trainPairs(training, run, settings, { say });
    const model = await openImageTextModel(join(run, "model"));
    const recalls: number[] = [];
    for (const set of questions) {
      const { retrieval } = await scorePairs(model, await decodePairs(set));
      recalls.push(retrieval.textToImage.recall["recall@10"]!);
    }
    model.dispose();
    return { recalls, report };
  } finally {
    await rm(run, { recursive: true, force: true });
  }
}

import type { UnreadableItem } from "@nearfar/data";
import type { DrawnPairs } from "./drawnPairs.ts";

/** Where the pairs of a training come from, step by step; the same for the same seed, from whichever step they are asked. */
export interface PairSource {
  /** Pictures; undefined where they are streamed. */
  readonly count?: number;
  /** Pictures of a step: fewer than the settings say where so many cannot be told apart. */
  readonly batch: number;
  /** What is worth a line before training, or nothing. */
  readonly description: string;
  /** Undefined where they are streamed: then a length in epochs is unknown. */
  readonly batchesPerEpoch?: number;
  from(first: number): AsyncIterable<DrawnPairs>;
  /** Pictures that could not be read so far. */
  unreadable(): readonly UnreadableItem[];
  close(): Promise<void>;
}

import type { Settings } from "./settings.ts";
import type { Drawn } from "./drawn.ts";

/** Where the examples of a training come from, step by step; the same for the same key, from whichever step they are asked. */
export interface ExampleSource {
  /** Usable examples; undefined where they are streamed. */
  readonly count?: number;
  /** Examples passed over because a text has too few tokens. */
  readonly short: number;
  readonly blank: number;
  readonly duplicates: number;
  /** Undefined where they are streamed: then a length in epochs is unknown. */
  readonly batchesPerEpoch?: number;
  /** The tokens of the texts of the examples, or of the first ones where they are streamed. */
  lists(): Iterable<Int32Array>;
  from(first: number): AsyncIterable<Drawn>;
}

export interface SourceOptions {
  readonly batch: number;
  readonly method: Settings["method"];
  readonly encode: (text: string) => Int32Array;
  /** Texts with fewer tokens are passed over: a text of one word has no two parts. */
  readonly leastTokens: number;
  /** Whether the texts themselves are wanted. */
  readonly raw: boolean;
}

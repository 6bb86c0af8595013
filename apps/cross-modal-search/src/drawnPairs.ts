import type { CaptionTokens } from "./captionReader.ts";

/** The pictures and captions of one step. */
export interface DrawnPairs {
  readonly step: number;
  /** Preprocessed views `[n, size, size, 3]`; absent where the tower of pictures is locked. */
  readonly images?: Float32Array;
  /** SimCLR's views `[2n, size, size, 3]`, where they are wanted. */
  readonly pairs?: Float32Array;
  /** Numbers of the pictures in the data, where they are held in memory. */
  readonly items?: Uint32Array;
  /** One list of captions per column: caption i of each is of picture i. As tokens, or as numbers of captions where the tower of texts is locked. */
  readonly captions: readonly (readonly Caption[])[];
}

/** A caption: its number in the data where it is held in memory, and its tokens where the tower reads them. */
export interface Caption {
  readonly number?: number;
  readonly tokens?: CaptionTokens;
}

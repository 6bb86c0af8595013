import type { Fault } from "./pictureDamage.ts";

/** A picture and its captions as they are written down, before the picture was looked up. */
export interface PairCandidate {
  /** As given; looked up when it is safe. */
  readonly path: string;
  /** Where it is written, to name it in a message. */
  readonly written: string;
  /** All that were given, blank ones too. */
  readonly captions: string[];
  readonly concept?: string | undefined;
  /** Why there are no captions. */
  readonly fault?: Fault;
}

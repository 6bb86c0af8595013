import type { Tokens } from "@nearfar/encoders";

/**
 * n examples of several texts each, as one batch of texts: the first text of every example, then the second of every example, and so on
 * (anchors, positives, hard negatives ...). One pass encodes all of them.
 */
export interface TextColumns {
  /** `columns · n` texts. */
  readonly tokens: Tokens;
  readonly columns: number;
}

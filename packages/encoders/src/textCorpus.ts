/** What a training knows of its texts as a whole. */
export interface TextCorpus {
  /** How often each token stands in them, `[v]`. */
  counts(): Float64Array;
  /** The tokens of some of them. */
  sample(): readonly Int32Array[];
}

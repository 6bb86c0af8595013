import type { TextKind } from "@nearfar/data";
import type { Settings } from "./settings.ts";

/** Where a training starts. */
export type Start = Settings["encoder"];

/**
 * The settings for a start and a kind of data, before flags.
 *
 * - `static`: what won on STS-B's dev set and on SciFact's training queries (README.md, "A fresh start").
 * - `transformer`: a small one from nothing, BERT's first weights: AdamW 3e-4, as the peer's program trains it.
 * - `folder`: SimCSE's fine-tuning (princeton-nlp/SimCSE: 3e-5 without labels, 5e-5 with, batch 64, 32 tokens, temperature .05), warm-up 10 % and
 *   gradients of length 1 as sentence-transformers.
 */
export function defaults(start: Start, kind: TextKind): Omit<Settings, "init" | "seed"> {
  const method = METHODS[kind](start);
  const shared = {
    method,
    encoder: start,
    symmetric: false,
    hardWeight: 0,
    matryoshka: [],
    mix: "none",
    head: false,
    mlm: 0,
    temperature: kind === "labelled" ? 0.1 : 0.05, // SupCon's and SimCSE's
  } as const;
  const alone = kind === "unlabelled";
  if (start === "static")
    return {
      ...shared,
      symmetric: kind === "pairs",
      dimensions: 512,
      vocabulary: 16_000,
      maxTokens: 512,
      batch: alone ? 2048 : 1024,
      deviation: alone ? 1 : 0.1, // without pairs a token is first of all itself
      optimizer: "adagrad",
      rate: 0.1,
      warmup: 0.1,
      weightDecay: 0,
      clip: 0,
      frequency: 1e-3,
      subsample: 1e-3,
      whiten: "half",
      length: { epochs: 5 },
    };
  const tuned = start === "folder";
  return {
    ...shared,
    dimensions: 256,
    vocabulary: tuned ? 0 : 30_000,
    maxTokens: alone ? 32 : 128,
    batch: 64,
    deviation: 0.02,
    optimizer: "adamw",
    rate: tuned ? TUNED[kind] : 3e-4,
    warmup: 0.1,
    weightDecay: 0.01,
    clip: 1,
    frequency: 0,
    subsample: 0,
    whiten: "none",
    length: { epochs: tuned ? 1 : 3 },
  };
}

/** Dropout alone does not teach an untrained net: token identity solves the task. Parts of a sentence share its topic and no word. */
const METHODS: Readonly<Record<TextKind, (start: Start) => Settings["method"]>> = {
  unlabelled: (start) => (start === "folder" ? "simcse" : "parts"),
  pairs: () => "pairs",
  triplets: () => "pairs",
  scored: () => "cosent",
  labelled: () => "labels",
};

/** Rates of going on from a folder: SimCSE's; with labels lower, which on Banking77 did better than 5e-5 at equal steps. */
const TUNED: Readonly<Record<TextKind, number>> = {
  unlabelled: 3e-5,
  pairs: 5e-5,
  triplets: 5e-5,
  scored: 5e-5,
  labelled: 2e-5,
};

import type { Measurement } from "./measurement.ts";
import { banking } from "./text/banking.ts";
import { encode } from "./text/encode.ts";
import { indexed } from "./text/indexed.ts";
import { mining } from "./text/mining.ts";
import { pairs } from "./text/pairs.ts";
import { rows } from "./text/rows.ts";
import { shipped } from "./text/shipped.ts";
import { simcse } from "./text/simcse.ts";
import { stream } from "./text/stream.ts";
import { tatoeba } from "./text/tatoeba.ts";
import { unlabelled } from "./text/unlabelled.ts";

/** Sentences: speed, quality and memory of training, encoding, mining and searching. */
export const text: readonly Measurement[] = [
  shipped,
  encode,
  simcse,
  ...pairs,
  ...unlabelled,
  banking,
  tatoeba,
  mining,
  stream,
  rows,
  indexed,
];

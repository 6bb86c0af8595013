import { bernoulli, integer, type Key } from "@nearfar/random";
import { checkRatio } from "./checkRatio.ts";
import { clozeAt, type Cloze } from "./clozeAt.ts";
import { sentences } from "./sentences.ts";

/**
 * The inverse cloze task: a random sentence of a document, and the rest of the document. RangeError for fewer than two sentences.
 *
 * With the probability `keep` the sentence stays in the document, so that equal words are learnt too.
 * Source: Lee et al. 2019 (ORQA), section 4; it removes the sentence in 90 % of the examples.
 */
export function inverseCloze(key: Key, text: string, { keep = 0.1 } = {}): Cloze {
  checkRatio("inverseCloze", keep);
  const n = sentences(text).length;
  if (n < 2) throw new RangeError(`inverseCloze: a document has at least two sentences; got ${n}.`);
  return clozeAt(text, integer(key.fold("which"), n), { kept: bernoulli(key.fold("keep"), keep) });
}

import { packTokens } from "@nearfar/encoders";
import type { MaskedTexts, TextColumns } from "@nearfar/methods";
import { tf } from "@nearfar/tensor";
import { noise } from "@nearfar/testing";

/** Ids are below it. */
export const WORDS = 40;
const MASK = 4;

/** Four texts, each a list of 3 to 8 ids from 5, by the formula of golden/make_text.py (`texts`). */
export function noisyTexts(name: string): number[][] {
  return below(`lengths ${name}`, 4, 6).map((more, i) =>
    below(`${name} ${i}`, 3 + more, WORDS - 5).map((id) => 5 + id),
  );
}

/** A batch of columns of such texts, each under its own name. */
export function noisyColumns(...names: string[]): TextColumns {
  return columnsOf(names.map(noisyTexts));
}

/** Columns of texts as a batch. */
export function columnsOf(columns: readonly (readonly number[][])[]): TextColumns {
  return { tokens: packTokens(columns.flat()), columns: columns.length };
}

/** The texts of that name, some ids masked, as lists and as a batch, by the formula of golden/make_text.py (`masked`). */
export function noisyMasked(name: string): { lists: number[][]; masked: MaskedTexts } {
  const texts = noisyTexts(name);
  const ids = texts.flat();
  const chosen = [...noise(`masked ${name}`, ids.length)].map((u) => u > 0.4);
  let at = 0;
  const lists = texts.map((text) => text.map((id) => (chosen[at++] ? MASK : id)));
  const places = ids.flatMap((_, i) => (chosen[i] ? [i] : []));
  return {
    lists,
    masked: {
      tokens: packTokens(lists),
      places: tf.tensor1d(places, "int32"),
      words: tf.tensor1d(
        places.map((i) => ids[i]!),
        "int32",
      ),
    },
  };
}

/** Whole numbers from 0, below the limit. */
function below(name: string, size: number, limit: number): number[] {
  return [...noise(name, size)].map((u) => Math.floor(((u + 1) / 2) * limit));
}

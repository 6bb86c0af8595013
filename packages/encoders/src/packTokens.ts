import { tf } from "@nearfar/tensor";
import type { Tokens } from "./tokens.ts";

/**
 * Lists of token ids as one packed batch; the caller owns its tensors.
 *
 * Throws RangeError for no list, or an empty one: give a text without words its special tokens, or the unknown token.
 */
export function packTokens(texts: readonly ArrayLike<number>[]): Tokens {
  const n = texts.length;
  const empty = texts.findIndex(({ length }) => length === 0);
  if (n === 0 || empty >= 0)
    throw new RangeError(`packTokens: every text has a token; got ${n === 0 ? "no texts" : `none in text ${empty}`}.`);
  const total = texts.reduce((sum, { length }) => sum + length, 0);
  const longest = texts.reduce((most, { length }) => Math.max(most, length), 0);
  const ids = new Int32Array(total);
  const rows = new Int32Array(total);
  const positions = new Int32Array(total);
  const mask = new Float32Array(n * longest);
  let at = 0;
  for (const [row, text] of texts.entries()) {
    ids.set(text, at);
    rows.fill(row, at, at + text.length);
    mask.fill(1, row * longest, row * longest + text.length);
    for (let i = 0; i < text.length; i++) positions[at++] = i;
  }
  return {
    ids: tf.tensor1d(ids, "int32"),
    rows: tf.tensor1d(rows, "int32"),
    positions: tf.tensor1d(positions, "int32"),
    mask: tf.tensor2d(mask, [n, longest]),
  };
}

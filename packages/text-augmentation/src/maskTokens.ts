import { integer, uniform, type Key } from "@nearfar/random";
import { checkRatio } from "./checkRatio.ts";
import { corruptTokens, type Corrupted } from "./corruptTokens.ts";

export interface MaskTokensOptions {
  /** The id of the mask token. */
  mask: number;
  /** Random tokens have ids below this. */
  vocabulary: number;
  /** Of the tokens that a model shall say. */
  ratio?: number;
  /** Ids that are never asked for: special tokens. */
  special?: readonly number[];
}

/**
 * Masked language modelling: each token is asked for with the probability `ratio`; of those 80 % become the mask token, 10 % a random
 * token, 10 % stay. The labels are the former ids where asked, -100 elsewhere.
 *
 * Source: Devlin et al. 2019 (BERT), section 3.1 and appendix A.1; the label as in PyTorch's `ignore_index`.
 */
export function maskTokens(
  key: Key,
  ids: Int32Array,
  { mask, vocabulary, ratio = 0.15, special = [] }: MaskTokensOptions,
): Corrupted {
  checkRatio("maskTokens", ratio);
  const [asked, how, which] = [key.fold("asked"), key.fold("how"), key.fold("which")];
  const positions: number[] = [];
  const replacements: number[] = [];
  ids.forEach((id, i) => {
    if (special.includes(id) || uniform(asked, { counter: i }) >= ratio) return;
    const drawn = uniform(how, { counter: i });
    positions.push(i);
    replacements.push(drawn < 0.8 ? mask : drawn < 0.9 ? integer(which, vocabulary, { counter: i }) : id);
  });
  return corruptTokens(ids, positions, replacements);
}

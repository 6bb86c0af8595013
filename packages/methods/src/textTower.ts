import type { Encoder, Tokens } from "@nearfar/encoders";
import type { Key } from "@nearfar/random";
import type { Mode, Params, Tensor2D } from "@nearfar/tensor";
import type { ColumnEmbeddings } from "./columnEmbeddings.ts";
import { splitColumns } from "./splitColumns.ts";
import type { TextColumns } from "./textColumns.ts";

export interface TextTowerOptions {
  readonly encoder: Encoder<Tokens>;
  /** On top of the encoder while training; the model that is kept is the encoder alone. */
  readonly head?: Encoder<Tensor2D>;
}

/** One encoder, with its weights under `encoder` and those of its head under `head`. */
export interface TextTower {
  init(key: Key): Params;
  /** n texts -> `[n, d]`. */
  embed(params: Params, tokens: Tokens, mode: Mode): Tensor2D;
  /** One tensor `[n, d]` per column. */
  embedColumns(params: Params, batch: TextColumns, mode: Mode): ColumnEmbeddings;
}

/**
 * One encoder for all columns of texts, in one pass. Reimers and Gurevych 2019, section 3: siamese, the weights are shared.
 *
 * Columns part after the pass, each whole: row i of every column is of example i, whatever the number of columns. Throws RangeError where
 * the texts do not make whole columns.
 */
export function textTower({ encoder, head }: TextTowerOptions): TextTower {
  const embed = (params: Params, tokens: Tokens, mode: Mode): Tensor2D => {
    const h = encoder.apply(params.encoder as Params, tokens, mode); // [n, h]
    return head ? head.apply(params.head as Params, h, mode) : h; // [n, d]
  };
  return {
    init: (key) => ({
      encoder: encoder.init(key.fold("encoder")),
      ...(head && { head: head.init(key.fold("head")) }),
    }),
    embed,
    embedColumns(params, { tokens, columns }, mode) {
      const [texts] = tokens.mask.shape;
      if (!Number.isSafeInteger(columns) || columns < 1 || texts % columns !== 0)
        throw new RangeError(
          `A batch of ${columns} columns has as many texts in each; got ${texts} texts. Was an example dropped in one column?`,
        );
      return splitColumns(embed(params, tokens, mode), columns); // [n, d] each
    },
  };
}

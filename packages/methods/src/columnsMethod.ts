import { matryoshka, type EmbeddingsLoss } from "@nearfar/losses";
import { type Tensor2D, tf } from "@nearfar/tensor";
import type { ColumnEmbeddings } from "./columnEmbeddings.ts";
import type { Method } from "./method.ts";
import type { TextColumns } from "./textColumns.ts";
import { textTower, type TextTowerOptions } from "./textTower.ts";

export interface ColumnsMethodOptions extends TextTowerOptions {
  /** Prefixes of the embeddings that meet the loss too, the full width among them: Kusupati et al. 2022. */
  readonly dimensions?: readonly number[];
}

/** What makes a method of columns: its name, and what is compared. */
export interface ColumnsObjective {
  readonly name: string;
  /** How many columns it takes. */
  readonly columns: { readonly least: number; readonly most?: number };
  readonly loss: EmbeddingsLoss;
  /** The loss of embeddings that know nothing, by the examples n and the columns. */
  chance(n: number, columns: number): number;
}

/**
 * The form of all methods whose batch is columns of texts: one pass of the encoder, then a loss of the columns.
 * Reimers and Gurevych 2019, section 3.
 */
export function columnsMethod(
  { dimensions, ...parts }: ColumnsMethodOptions,
  { name, columns: { least, most = Infinity }, loss, chance }: ColumnsObjective,
): Method<TextColumns, ColumnEmbeddings> {
  const tower = textTower(parts);
  const whole = dimensions ? matryoshka(loss, dimensions) : loss;
  return {
    name,
    init: (key) => ({ params: tower.init(key), state: {} }),
    embed(params, _, batch, mode) {
      const { columns } = batch;
      if (columns < least || columns > most)
        throw new RangeError(`${name}: an example has ${count(least, most)} texts; got ${columns}.`);
      return tower.embedColumns(params, batch, mode);
    },
    objective: (_, state, z) => ({ loss: whole(...Object.values<Tensor2D>(z)), state, log: {} }),
    watched: (z) => tf.concat([z[0]!, z[1]!], 0), // [2n, d]: the monitors' two sides, hard negatives aside
    chance: (z) => chance(z[0]!.shape[0], Object.keys(z).length) * (dimensions?.length ?? 1),
  };
}

function count(least: number, most: number): string {
  if (most === Infinity) return `${least} or more`;
  return least === most ? `${least}` : `${least} to ${most}`;
}

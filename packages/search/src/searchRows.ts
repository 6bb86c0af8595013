import { UserError, type Vectors } from "@nearfar/formats";
import { bestOf, type Candidate } from "./bestOf.ts";
import { checkVectors } from "./checkVectors.ts";
import { cosine } from "./cosine.ts";
import { encodeQuery } from "./encodeQuery.ts";
import { limits } from "./limits.ts";
import { scanBlock } from "./scanBlock.ts";
import type { Neighbours } from "./nearest.ts";
import type { RowSource } from "./rowSource.ts";

export interface SearchOptions {
  /** Whether a row may be found; asked once for each row. */
  filter?: (index: number) => boolean;
  /** How many times k rows of a quantized index have their cosine computed in full. */
  oversample?: number;
}

/**
 * The k rows nearest to each query by cosine: the scan picks `oversample * k`, whose cosines are then computed in float64 from the rows as
 * they were given. A float32 scan picks k, which are exact up to the rounding of its sums.
 */
export async function searchRows(
  source: RowSource,
  queries: Vectors,
  k: number,
  { filter, oversample = OVERSAMPLE[source.dtype] }: SearchOptions = {},
): Promise<Neighbours> {
  const { dtype, rows, dimensions } = source;
  checkVectors("search: queries", queries);
  if (queries.dimensions !== dimensions)
    throw new UserError(
      `search: queries have the index's dimensions; got ${queries.dimensions} and ${dimensions}. Are both of one encoder?`,
    );
  if (!Number.isInteger(k) || k < 1) throw new UserError(`search: k is a whole number from 1; got ${k}.`);
  if (k > Math.min(rows, limits.k))
    throw new UserError(
      `search: k is at most ${rows > limits.k ? `${limits.k}` : `the number of rows, ${rows}`}; got ${k}. Lower k.`,
    );
  if (!(oversample >= 1 && oversample < Infinity))
    throw new UserError(`search: oversample is a number from 1; got ${oversample}.`);
  const mask = filter && new Uint8Array(rows).map((_, index) => (filter(index) ? 1 : 0));
  const each = Array.from({ length: queries.rows }, (_, i) =>
    queries.data.subarray(i * dimensions, (i + 1) * dimensions),
  );
  const encoded = each.map((query) => encodeQuery(dtype, query));
  const most = Math.min(rows, limits.k, Math.ceil(k * oversample));
  let candidates: Candidate[][] = each.map(() => []);
  for await (const { block, first, rows: count } of source.blocks()) {
    if (mask) block.mask.set(mask.subarray(first, first + count));
    const found = await scanBlock(block, encoded, {
      first,
      rows: count,
      k: most,
      wanted: k,
      masked: mask !== undefined,
    });
    candidates = candidates.map((before, i) => (before.length ? bestOf([...before, ...found[i]!], most) : found[i]!));
  }
  const indices = new Int32Array(queries.rows * k).fill(-1);
  const scores = new Float32Array(queries.rows * k).fill(-Infinity);
  for (const [i, query] of each.entries()) {
    const full = await Promise.all(
      candidates[i]!.map(async ({ row }) => ({ row, score: cosine(query, await source.row(row)) })),
    );
    bestOf(full, k).forEach(({ row, score }, at) => {
      indices[i * k + at] = row;
      scores[i * k + at] = score;
    });
  }
  return { k, indices, scores };
}

/** README.md has the recalls that these were chosen by. */
const OVERSAMPLE = { float32: 1, int8: 4, binary: 50 } as const;

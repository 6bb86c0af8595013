import { scanKernels } from "./scanKernels.ts";
import type { Candidate } from "./bestOf.ts";
import type { Block } from "./block.ts";

/**
 * What the first part of an int8 row must score for the scan to go on with it, where queries meet rows two at a time.
 *
 * Of the best rows so far, with scores s and scores p of their first part, p is near `b s` (least squares) and off by sigma in the root of
 * the mean square. A row as good as the last of those that are wanted, of score s_k, has a first part below `b s_k - 3.5 sigma` in one of
 * 4,300 cases, if errors are spread normally, and better rows have it less often. Learnt from each query's own best rows, the cut is so low
 * that it saves nothing where parts say little of the whole.
 */
export const earlyCuts = {
  /** Bytes of the first part: five eighths of a row, in whole rounds of the loop; 0 for rows too short to gain. */
  bytes(stride: number): number {
    const { rowStep, unrolled } = scanKernels.int8;
    const round = rowStep * unrolled;
    return stride < 4 * round ? 0 : round * Math.round((0.625 * stride) / round);
  },

  /** The cut of each query, from the best rows so far of a block; -Infinity where they are too few to learn from. */
  of(
    { codes, scales, stride }: Block,
    queries: readonly Uint8Array[],
    best: readonly (readonly Candidate[])[],
    { bytes, wanted }: { bytes: number; wanted: number },
  ): Float32Array {
    return Float32Array.from(queries, (query, at) => {
      const rows = best[at]!;
      if (rows.length < Math.max(ENOUGH, wanted)) return -Infinity;
      const numbers = new Int16Array(query.buffer, query.byteOffset, bytes);
      const parts = rows.map(({ row }) => {
        const code = new Int8Array(codes.buffer, codes.byteOffset + row * stride, bytes);
        let sum = 0;
        for (let i = 0; i < bytes; i++) sum += code[i]! * numbers[i]!;
        return sum * scales[row]!;
      });
      const sum = (of: (row: Candidate, part: number) => number) =>
        rows.reduce((before, row, i) => before + of(row, parts[i]!), 0);
      const slope = sum(({ score }, part) => score * part) / sum(({ score }) => score * score);
      const sigma = Math.sqrt(sum(({ score }, part) => (part - slope * score) ** 2) / (rows.length - 1));
      const cut = slope * rows[wanted - 1]!.score - 3.5 * sigma;
      return Number.isFinite(cut) ? cut : -Infinity; // a query of zeros
    });
  },
};

/** Rows that tell a slope and a spread to a fifth or so. */
const ENOUGH = 24;

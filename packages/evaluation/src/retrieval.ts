import { nearest } from "@nearfar/search";
import type { Vectors } from "@nearfar/formats";

/**
 * How often a query's right answer is among its k nearest of the gallery, for each k: `{ "recall@1": 0.38, "recall@5": 0.61 }`.
 *
 * `relevant` is one gallery row per query, or a list of rows per query, of which one among the k is enough (the R@k of image-text
 * retrieval: open_clip's `metrics.py`). Queries `[n, d]`, gallery `[m, d]`, by cosine.
 * Throws UserError for a k above m, RangeError where an answer is missing or outside the gallery.
 */
export function retrieval(
  queries: Vectors,
  gallery: Vectors,
  relevant: Int32Array | readonly (readonly number[])[],
  { ks = [1, 5] }: { ks?: readonly number[] } = {},
): Record<`recall@${number}`, number> {
  const answers = [...(relevant as Iterable<number | readonly number[]>)].map(
    (rows) => new Set(typeof rows === "number" ? [rows] : rows),
  );
  if (answers.length !== queries.rows)
    throw new RangeError(
      `retrieval: there is one answer or list of answers per query; got ${answers.length} for ${queries.rows} queries.`,
    );
  answers.forEach((rows, query) => checkAnswers(rows, query, gallery.rows));
  const { k, indices } = nearest(queries, gallery, Math.max(...ks));
  const ranks = answers.map((rows, query) =>
    indices.subarray(query * k, (query + 1) * k).findIndex((row) => rows.has(row)),
  );
  return Object.fromEntries(
    ks.map((k) => [`recall@${k}`, ranks.filter((rank) => rank !== -1 && rank < k).length / ranks.length]),
  );
}

function checkAnswers(rows: ReadonlySet<number>, query: number, size: number): void {
  const bad = [...rows].find((row) => !Number.isInteger(row) || row < 0 || row >= size);
  if (rows.size === 0 || bad !== undefined)
    throw new RangeError(`retrieval: query ${query} has answers from 0 to ${size - 1}; got ${bad ?? "none"}.`);
}

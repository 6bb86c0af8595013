import { UserError, type Vectors } from "@nearfar/formats";
import { checkThreshold } from "./checkThreshold.ts";
import { eachAbove } from "./eachAbove.ts";

export interface CommunitiesOptions {
  /** The least cosine of a member to the centre. */
  threshold?: number;
  /** The least number of members, the centre included. */
  least?: number;
}

/**
 * Communities of rows: a centre and all rows near it, the largest first. In each the centre stands first, then the nearest. Rows may belong
 * to none.
 *
 * Each row with `least` rows near it proposes them, the proposal of most rows first; a later one loses the rows that were taken before,
 * and counts only while its centre is free and `least` rows are left. Source: sentence-transformers 6.2, `util.community_detection`, with
 * its defaults. UserError for a threshold that is no cosine or that 50 million pairs reach; RangeError for malformed vectors.
 */
export function communities(vectors: Vectors, { threshold = 0.75, least = 10 }: CommunitiesOptions = {}): number[][] {
  checkThreshold("communities", threshold);
  if (!(Number.isInteger(least) && least > 0))
    throw new RangeError(`communities: least is a whole number from 1; got ${least}.`);
  const limit = Math.fround(threshold);
  const near: { column: number; cosine: number }[][] = Array.from({ length: vectors.rows }, () => []);
  let total = 0;
  eachAbove(
    vectors,
    () => limit,
    (row, column, cosine) => {
      near[row]!.push({ column, cosine });
      if (++total > MOST)
        throw new UserError(`communities: over ${MOST} pairs reach the threshold ${threshold}. Raise it.`);
    },
    { once: false, caller: "communities" },
  );
  const proposals = near
    .map((members, centre) => ({ centre, members }))
    .filter(({ members }) => members.length >= least)
    .sort((a, b) => b.members.length - a.members.length || a.centre - b.centre);
  const taken = new Uint8Array(vectors.rows);
  const found: number[][] = [];
  for (const { centre, members } of proposals) {
    if (taken[centre]) continue;
    const free = members.filter(({ column }) => !taken[column]);
    if (free.length < least) continue;
    free.sort((a, b) => b.cosine - a.cosine || a.column - b.column);
    const community = [centre, ...free.map(({ column }) => column).filter((column) => column !== centre)];
    for (const row of community) taken[row] = 1;
    found.push(community);
  }
  return found.sort((a, b) => b.length - a.length);
}

const MOST = 50_000_000;

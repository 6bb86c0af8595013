import { rm, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { jsonOf } from "../jsonOf.ts";
import { median } from "../median.ts";
import type { Measurement } from "../measurement.ts";
import { outputOf } from "../outputOf.ts";
import { Skipped } from "../skipped.ts";
import { typescript } from "../typescript.ts";
import { held } from "../held.ts";
import { workFile } from "../workFile.ts";

/** What openIndexProgram.ts prints: milliseconds, and MB that the process held. */
export interface IndexResult {
  readonly rows: number;
  readonly dimensions: number;
  readonly gigabytes: number;
  readonly open: number;
  readonly residentBefore: number;
  readonly residentOpen: number;
  readonly first: number;
  readonly queries: readonly number[];
  readonly peak: number;
  /** Queries that found the row that they were made from first. */
  readonly found: number;
}

/** An index of five million vectors on disk: opened without reading it whole. */
export const indexed: Measurement = {
  benchmark: "text",
  slice: "index",
  measure: async ({ quick }) => {
    const rows = quick ? 50_000 : 5_000_000;
    const file = workFile("vectors.index");
    const { bavail, bsize } = await statfs(dirname(file));
    if (bavail * bsize < 1700 * rows)
      // vectors 1,024 bytes a row, codes 256 and for a while twice, ids and scales
      throw new Skipped(`an index of ${rows} vectors is written into the user's cache; there is no room for it.`);
    try {
      await outputOf(typescript("text/buildIndex.ts", [file, `${rows}`]));
      const found = await jsonOf<IndexResult>(typescript("text/openIndexProgram.ts", [file]));
      const of = `index of ${found.rows} x ${found.dimensions}, int8 with rescoring, ${found.gigabytes.toFixed(1)} GB on disk`;
      return {
        rows: [
          {
            what: `${of}: opening it`,
            ours: `${found.open.toFixed(1)} ms; resident ${found.residentBefore.toFixed(0)} MB before, ${found.residentOpen.toFixed(0)} MB after`,
            ...held("< 1 s", found.open < 1000),
          },
          { what: `${of}: the first query, which reads what is scanned`, ours: `${found.first.toFixed(0)} ms` },
          {
            what: `${of}: the 10 nearest of one query afterwards (${found.queries.length} queries)`,
            ours: `${median(found.queries).toFixed(0)} ms; peak resident memory ${found.peak.toFixed(0)} MB`,
          },
          {
            what: `${of}: noisy copies of rows that find their row first`,
            ours: `${found.found} of ${found.queries.length}`,
          },
        ],
        versions: {},
        samples: { queries: found.queries },
      };
    } finally {
      await rm(file, { force: true });
    }
  },
};

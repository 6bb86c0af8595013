import { jsonOf } from "../jsonOf.ts";
import { key } from "@nearfar/random";
import { median } from "../median.ts";
import type { Measurement } from "../measurement.ts";
import { ratioOfMedians } from "../ratioOfMedians.ts";
import { typescript } from "../typescript.ts";

/** What rowsProgram.ts prints: milliseconds of updates that took turns. */
export interface RowsResult {
  readonly engine: string;
  readonly dense: readonly number[];
  readonly rows: readonly number[];
}

/** What an update of a token table by the rows that a batch used saves: AdamW, 30,522 x 384, 1,500 rows. */
export const rows: Measurement = {
  benchmark: "text",
  slice: "rows",
  measure: async ({ quick }) => {
    const { engine, dense, rows } = await jsonOf<RowsResult>(typescript("text/rowsProgram.ts", [quick ? "5" : "50"]));
    const row = {
      what: `AdamW of a 30,522 x 384 table whose batch used 1,500 rows: by rows, beside the whole table (${rows.length} pairs)`,
      ours: `${median(rows).toFixed(2)} ms`,
      peer: `the whole table ${median(dense).toFixed(2)} ms`,
      ratio: ratioOfMedians(key(0), rows, dense),
    };
    return { rows: [row], versions: { tensorflow: engine }, samples: { dense, rows } };
  },
};

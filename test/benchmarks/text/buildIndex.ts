/**
 * Writes the index that openIndexProgram.ts opens.
 *
 *     node --conditions=nearfar-source --import tsx test/benchmarks/text/buildIndex.ts FILE ROWS
 */
import type { VectorRow } from "@nearfar/formats";
import { writeIndex } from "@nearfar/search";
import { madeVector } from "./madeVector.ts";

const [file, rows] = process.argv.slice(2) as [string, string];
await writeIndex(file, made(Number(rows)), { dtype: "int8" });

function* made(count: number): Generator<VectorRow> {
  for (let i = 0; i < count; i++) {
    yield { id: `${i}`, vector: madeVector(i) };
    if ((i + 1) % 500_000 === 0) console.error(`index: ${i + 1} of ${count} rows written`);
  }
}

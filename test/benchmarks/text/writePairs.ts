import { writeFileAtomic } from "@nearfar/formats";
import type { Pair } from "./pairLists.ts";

/** Pairs as a table that `nearfar text train` reads, columns anchor and positive. */
export async function writePairs(path: string, pairs: readonly Pair[]): Promise<void> {
  const lines = [["anchor", "positive"], ...pairs].map((pair) => `${pair.join("\t")}\n`);
  await writeFileAtomic(path, Buffer.from(lines.join("")));
}

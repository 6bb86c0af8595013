import { UserError } from "@nearfar/formats";
import { checkStoreRow } from "./checkStoreRow.ts";
import { flatIndex, type FlatIndexOptions, type VectorIndex } from "./flatIndex.ts";
import type { VectorStore } from "./vectorStore.ts";

/** A store in memory: a `flatIndex`, made again by the first search after rows came. */
export function memoryStore(options: FlatIndexOptions = {}): VectorStore {
  const rows = new Map<string, Float32Array>();
  let index: VectorIndex | undefined;
  let ids: string[] = [];
  let width: number | undefined;
  const make = (dimensions: number): VectorIndex => {
    ids = [...rows.keys()];
    const data = new Float32Array(rows.size * dimensions);
    [...rows.values()].forEach((vector, at) => data.set(vector, at * dimensions));
    return flatIndex({ rows: rows.size, dimensions, data }, options);
  };
  return {
    async add(given) {
      let count = 0;
      for await (const row of given) {
        checkStoreRow("memoryStore", row, width);
        width = row.vector.length;
        rows.set(row.id, row.vector.slice());
        index = undefined;
        count++;
      }
      return count;
    },
    async search(vector, k) {
      if (!Number.isInteger(k) || k < 1) throw new UserError(`memoryStore: k is a whole number from 1; got ${k}.`);
      if (width === undefined) return [];
      checkStoreRow("memoryStore", { id: "the query", vector }, width);
      index ??= make(width);
      const names = ids;
      const query = { rows: 1, dimensions: width, data: vector };
      const { indices, scores } = await index.search(query, Math.min(k, rows.size));
      return Array.from(indices, (row, at) => ({ id: names[row]!, score: scores[at]! }));
    },
    count: async () => rows.size,
    async close() {
      rows.clear();
      index = undefined;
      width = undefined;
    },
  };
}

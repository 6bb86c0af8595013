import { checkStoreQuery } from "./checkStoreQuery.ts";
import { checkStoreRow } from "./checkStoreRow.ts";
import { flatIndex, type FlatIndexOptions, type VectorIndex } from "./flatIndex.ts";
import { passes } from "./passes.ts";
import { storeHit } from "./storeHit.ts";
import type { StoreRow, VectorStore } from "./vectorStore.ts";

/**
 * A store in memory: a `flatIndex`, made again by the first search after rows came. Rows that went are passed over until then, as are those
 * that a search's `where` excludes: what is found is exact with either.
 */
export function memoryStore(options: FlatIndexOptions = {}): VectorStore {
  let rows: (StoreRow | undefined)[] = []; // those that the index has come first, in its order
  const places = new Map<string, number>();
  let index: VectorIndex | undefined;
  let width: number | undefined;
  const take = (id: string): boolean => {
    const place = places.get(id);
    if (place === undefined) return false;
    rows[place] = undefined;
    return places.delete(id);
  };
  const make = (dimensions: number): VectorIndex => {
    const kept = rows.filter((row) => row !== undefined);
    const data = new Float32Array(kept.length * dimensions);
    rows = kept.map((row, place) => {
      const vector = data.subarray(place * dimensions, (place + 1) * dimensions);
      vector.set(row.vector);
      places.set(row.id, place);
      return { ...row, vector };
    });
    return flatIndex({ rows: kept.length, dimensions, data }, options);
  };
  return {
    async add(given) {
      let count = 0;
      for await (const row of given) {
        checkStoreRow("memoryStore", row, width);
        width = row.vector.length;
        take(row.id);
        places.set(row.id, rows.length);
        rows.push({ id: row.id, vector: row.vector.slice(), fields: { ...row.fields } });
        index = undefined;
        count++;
      }
      return count;
    },
    remove: async (ids) => ids.filter(take).length,
    async search(vector, k, { where } = {}) {
      checkStoreQuery("memoryStore", vector, k, width);
      if (places.size === 0) return [];
      index ??= make(vector.length);
      const found = rows; // as the index has them, also where another is made meanwhile
      const all = where === undefined && places.size === index.rows;
      const filter = (place: number) => found[place] !== undefined && passes(found[place].fields, where);
      const query = { rows: 1, dimensions: vector.length, data: vector };
      const { indices, scores } = await index.search(query, Math.min(k, index.rows), all ? {} : { filter });
      return Array.from(indices).flatMap((place, at) => {
        const row = found[place]; // none for -1
        return row ? [storeHit(row.id, scores[at]!, row.fields)] : [];
      });
    },
    count: async () => places.size,
    async close() {
      rows = [];
      places.clear();
      index = undefined;
      width = undefined;
    },
  };
}

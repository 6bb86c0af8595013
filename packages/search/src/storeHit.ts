import type { StoreHit, StoreRow } from "./vectorStore.ts";

/** A hit as every store gives it: without `fields` where the row has none. */
export function storeHit(id: string, score: number, fields: StoreRow["fields"] = {}): StoreHit {
  return Object.keys(fields).length > 0 ? { id, score, fields } : { id, score };
}

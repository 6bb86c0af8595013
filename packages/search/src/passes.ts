import type { StoreRow, StoreSearch } from "./vectorStore.ts";

/** Whether a row's fields are what `where` asks for. */
export function passes(fields: StoreRow["fields"] = {}, where: StoreSearch["where"] = {}): boolean {
  return Object.entries(where).every(
    ([name, wanted]) => Object.hasOwn(fields, name) && [wanted].flat().includes(fields[name]!),
  );
}

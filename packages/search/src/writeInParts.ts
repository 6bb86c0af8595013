import { checkStoreRow } from "./checkStoreRow.ts";
import type { StoreRow } from "./vectorStore.ts";

export interface WriteInPartsOptions {
  /** The width that the store has by now, if any. */
  readonly width: () => number | undefined;
  /** Told the first row's width, where the store has none. */
  readonly begin: (width: number) => Promise<void> | void;
  /** Different ids that are held at a time. */
  readonly most: number;
  /** Takes what is held, and empties it; called once more at the end, also with nothing. */
  readonly write: (held: Map<string, StoreRow>) => Promise<void> | void;
}

/** What `add` of a store does: checks rows and hands them on by parts, of one id the last; returns how many came. Errors as `checkStoreRow`. */
export async function writeInParts(
  store: string,
  rows: AsyncIterable<StoreRow> | Iterable<StoreRow>,
  { width, begin, most, write }: WriteInPartsOptions,
): Promise<number> {
  const held = new Map<string, StoreRow>();
  let count = 0;
  for await (const row of rows) {
    checkStoreRow(store, row, width());
    if (width() === undefined) await begin(row.vector.length);
    held.set(row.id, row);
    count++;
    if (held.size === most) await write(held);
  }
  await write(held);
  return count;
}

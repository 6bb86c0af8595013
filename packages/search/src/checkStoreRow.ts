import { UserError } from "@nearfar/formats";
import type { StoreRow } from "./vectorStore.ts";

/**
 * Throws UserError unless a row can stand in a store whose rows have this width; the first row sets it.
 *
 * Ids, names and values of fields are text that every store gives back as it came: without U+0000 and half surrogate pairs,
 * and an id does not begin with U+FEFF, which some clients take for a mark of the byte order.
 */
export function checkStoreRow(store: string, { id, vector, fields = {} }: StoreRow, width = vector.length): void {
  if (NOT_TEXT.test(id) || id.startsWith("\ufeff"))
    throw new UserError(`${store}: an id is whole Unicode text; got ${JSON.stringify(id)}.`);
  if (vector.length === 0 || vector.length !== width)
    throw new UserError(`${store}: rows have ${width} numbers; "${id}" has ${vector.length}. Are they of one encoder?`);
  if (!vector.every(Number.isFinite)) throw new UserError(`${store}: "${id}" has a number that is not finite.`);
  for (const [name, value] of Object.entries(fields))
    if (NOT_TEXT.test(name) || !isField(value))
      throw new UserError(
        `${store}: a field is text, a finite number or a boolean under a name; "${id}" has ${JSON.stringify(name)}: ${JSON.stringify(value)}.`,
      );
}

const NOT_TEXT = /[\0\p{Surrogate}]/u;

function isField(value: unknown): boolean {
  if (typeof value === "string") return !NOT_TEXT.test(value);
  return typeof value === "boolean" || Number.isFinite(value);
}

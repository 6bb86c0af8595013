import { UserError, type VectorRow } from "@nearfar/formats";

/** Throws UserError unless a row can stand in a store whose rows have this width; the first row sets it. */
export function checkStoreRow(store: string, { id, vector }: VectorRow, width = vector.length): void {
  if (vector.length === 0 || vector.length !== width)
    throw new UserError(`${store}: rows have ${width} numbers; "${id}" has ${vector.length}. Are they of one encoder?`);
  if (!vector.every(Number.isFinite)) throw new UserError(`${store}: "${id}" has a number that is not finite.`);
}

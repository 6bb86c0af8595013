import { UserError } from "@nearfar/formats";

/** Throws UserError unless a store whose rows have this width, if it has any, can be asked for the k nearest of a vector. */
export function checkStoreQuery(store: string, vector: Float32Array, k: number, width = vector.length): void {
  if (!Number.isInteger(k) || k < 1) throw new UserError(`${store}: k is a whole number from 1; got ${k}.`);
  if (vector.length === 0 || vector.length !== width)
    throw new UserError(
      `${store}: a query has ${width} numbers as the rows do; got ${vector.length}. Are both of one encoder?`,
    );
  if (!vector.every(Number.isFinite)) throw new UserError(`${store}: the query has a number that is not finite.`);
}

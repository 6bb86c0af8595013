import type { Context } from "hono";
import { ApiError } from "./apiError.ts";

/** A whole number of an address, `?k=24`, or `otherwise`; `ApiError` 400 for anything that is none from `low` to `high`. */
export function wholeParameter(
  context: Context,
  name: string,
  { otherwise, low, high }: { otherwise: number; low: number; high: number },
): number {
  const text = context.req.query(name) ?? `${otherwise}`;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (value >= low && value <= high) return value;
  throw new ApiError(400, `${name} is a whole number from ${low} to ${high}; got "${text.slice(0, 40)}".`);
}

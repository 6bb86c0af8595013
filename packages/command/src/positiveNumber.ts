import { UserError } from "@nearfar/formats";

/** A flag's value as a number above 0; anything else is a `UserError` that names the flag. */
export function positiveNumber(flag: string, text: string): number {
  const value = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
  if (value > 0 && Number.isFinite(value)) return value;
  throw new UserError(`${flag}: a number above 0 was expected; got ${JSON.stringify(text)}.`);
}

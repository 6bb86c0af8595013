import { UserError } from "@nearfar/formats";

/** A flag's value as a number from 0 to 1; anything else is a `UserError` that names the flag. */
export function fraction(flag: string, text: string): number {
  const value = /^(\d+\.?\d*|\.\d+)(e-?\d+)?$/i.test(text) ? Number(text) : NaN;
  if (value >= 0 && value <= 1) return value;
  throw new UserError(`${flag}: a number from 0 to 1 was expected; got ${JSON.stringify(text)}.`);
}

import { UserError } from "@nearfar/formats";

/** A flag's value as a whole number from `least`, in plain digits; anything else is a `UserError` that names the flag. */
export function wholeNumber(flag: string, text: string, least: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new UserError(`${flag}: a whole number from ${least} was expected; got ${JSON.stringify(text)}.`);
}

import { wholeNumber } from "./wholeNumber.ts";

/** A flag's value as a whole number from 1; anything else is a `UserError` that names the flag. */
export function positiveInteger(flag: string, text: string): number {
  return wholeNumber(flag, text, 1);
}

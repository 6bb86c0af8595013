import { wholeNumber } from "./wholeNumber.ts";

/** A flag's value as a whole number from 0, such as a seed; anything else is a `UserError` that names the flag. */
export function nonNegativeInteger(flag: string, text: string): number {
  return wholeNumber(flag, text, 0);
}

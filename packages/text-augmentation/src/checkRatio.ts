/** Throws RangeError unless a ratio lies from 0 to 1. */
export function checkRatio(name: string, ratio: number): void {
  if (!(ratio >= 0 && ratio <= 1)) throw new RangeError(`${name}: a ratio lies from 0 to 1; got ${ratio}.`);
}

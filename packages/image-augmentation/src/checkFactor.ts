/** Throws RangeError unless `factor` is a finite number of at least 0. `operation` opens the message. */
export function checkFactor(operation: string, factor: number): void {
  if (!(factor >= 0 && factor < Infinity))
    throw new RangeError(`${operation}: the factor is at least 0 (1 changes nothing); got ${factor}.`);
}

/** A share or a score from 0 to 1 in points, with two digits. */
export function points(share: number): string {
  return (100 * share).toFixed(2);
}

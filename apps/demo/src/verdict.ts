import { share } from "./share.ts";

/**
 * What a training gained over another on the same questions, in words: points, and whether so many questions can tell them from chance.
 *
 * By McNemar's test on the questions that only one of the two answers: z = |gained - lost| / √(gained + lost), told apart from 1.96 on.
 */
export function verdict(one: readonly boolean[], other: readonly boolean[]): string {
  const gained = one.filter((hit, i) => hit && !other[i]).length;
  const lost = one.filter((hit, i) => !hit && other[i]).length;
  const points = 100 * (share(one) - share(other));
  const size = `${points < 0 ? "-" : "+"}${Math.abs(points).toFixed(1)} points`;
  if (gained + lost === 0 || Math.abs(gained - lost) / Math.sqrt(gained + lost) < 1.96)
    return `${size}, which ${one.length} questions cannot tell from chance`;
  return `${size}, ${points > 0 ? "worth its time" : "not worth its time"}`;
}

export interface KendallTauOptions {
  /** b counts ties on each side; c is for tables of fewer values on one side than on the other. */
  readonly variant?: "b" | "c";
}

/**
 * Kendall's rank correlation, -1 to 1: pairs in the same order less those in the opposite one, `P - Q`, over what they could be.
 *
 * `b: (P - Q) / √((N - T_a)(N - T_b))`, N all pairs, T those tied on one side; `c: 2 (P - Q) / (n² (s - 1) / s)`, s the smaller number of
 * different values. NaN where a list is constant, as in SciPy. O(n log n): pairs in the opposite order are counted by a merge sort.
 * Throws RangeError for fewer than two numbers, unequal lengths or a number that is not finite.
 * Source: scipy.stats.kendalltau; Knight 1966.
 */
export function kendallTau(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  { variant = "b" }: KendallTauOptions = {},
): number {
  const n = a.length;
  if (n !== b.length || n < 2)
    throw new RangeError(`kendallTau: both lists have the same length, at least 2; got ${n} and ${b.length}.`);
  for (const list of [a, b])
    for (let i = 0; i < n; i++)
      if (!Number.isFinite(list[i]))
        throw new RangeError(`kendallTau: every number is finite; got ${list[i]} at ${i}. Did the training diverge?`);
  const order = Int32Array.from(a, (_, i) => i).sort((i, j) => a[i]! - a[j]! || b[i]! - b[j]!);
  const x = Float64Array.from(order, (i) => a[i]!); // ascending, equal ones by b
  const y = Float64Array.from(order, (i) => b[i]!);
  const all = (n * (n - 1)) / 2;
  const both = tied(n, (i) => x[i] === x[i - 1] && y[i] === y[i - 1]);
  const ofA = tied(n, (i) => x[i] === x[i - 1]);
  const opposite = sortCounting(y);
  const ofB = tied(n, (i) => y[i] === y[i - 1]);
  const surplus = all - ofA.pairs - ofB.pairs + both.pairs - 2 * opposite; // P - Q
  if (ofA.pairs === all || ofB.pairs === all) return NaN;
  if (variant === "b") return clamped(surplus / Math.sqrt(all - ofA.pairs) / Math.sqrt(all - ofB.pairs));
  const fewer = Math.min(ofA.values, ofB.values);
  return clamped((2 * surplus) / (n ** 2 * ((fewer - 1) / fewer)));
}

const clamped = (tau: number) => Math.max(-1, Math.min(1, tau));

/** Of a sorted list that `same` compares with its neighbour before: tied pairs, and different values. */
function tied(n: number, same: (i: number) => boolean): { pairs: number; values: number } {
  let [pairs, values, run] = [0, 1, 1];
  for (let i = 1; i < n; i++) {
    if (same(i)) pairs += run++;
    else [run, values] = [1, values + 1];
  }
  return { pairs, values };
}

/** Sorts the list and returns how many pairs stood in the wrong order. */
function sortCounting(list: Float64Array): number {
  let wrong = 0;
  let from = list;
  let to: Float64Array = new Float64Array(list.length);
  for (let width = 1; width < list.length; width *= 2) {
    for (let start = 0; start < list.length; start += 2 * width) {
      const middle = Math.min(start + width, list.length);
      const end = Math.min(start + 2 * width, list.length);
      for (let i = start, j = middle, at = start; at < end; at++) {
        if (j === end || (i < middle && from[i]! <= from[j]!)) to[at] = from[i++]!;
        else {
          wrong += middle - i;
          to[at] = from[j++]!;
        }
      }
    }
    [from, to] = [to, from];
  }
  if (from !== list) list.set(from);
  return wrong;
}

/** The rank of each number from 1, smallest first; equal numbers all take the mean of their ranks. Source: scipy.stats.rankdata, "average". */
export function ranks(list: ArrayLike<number>): Float64Array {
  const order = Int32Array.from(list, (_, i) => i).sort((i, j) => list[i]! - list[j]!);
  const ranked = new Float64Array(list.length);
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && list[order[end]!] === list[order[start]!]) end++;
    for (let i = start; i < end; i++) ranked[order[i]!] = (start + 1 + end) / 2;
  }
  return ranked;
}

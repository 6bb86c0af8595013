/**
 * The same order with each window of `window` examples sorted by length, so that neighbours need little padding.
 * Equal lengths keep their order.
 */
export function lengthWindows(order: Uint32Array, lengths: ArrayLike<number>, window: number): Uint32Array {
  const sorted = order.slice();
  for (let begin = 0; begin < sorted.length; begin += window) {
    const part = Array.from(sorted.subarray(begin, begin + window));
    sorted.set(
      part.sort((a, b) => lengths[a]! - lengths[b]!),
      begin,
    );
  }
  return sorted;
}

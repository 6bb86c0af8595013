/** The least cosine of row i of the one matrix and row i of the other, both `[rows, d]`. Throws RangeError where they differ in size. */
export function leastCosine(left: Float32Array, right: Float32Array, rows: number): number {
  if (left.length !== right.length)
    throw new RangeError(`leastCosine: both have the same size; got ${left.length} and ${right.length} numbers.`);
  const d = left.length / rows;
  let least = Infinity;
  for (let from = 0; from < left.length; from += d) {
    let [dot, own, other] = [0, 0, 0];
    for (let i = from; i < from + d; i++) {
      dot += left[i]! * right[i]!;
      own += left[i]! ** 2;
      other += right[i]! ** 2;
    }
    least = Math.min(least, dot / Math.sqrt(own * other));
  }
  return least;
}

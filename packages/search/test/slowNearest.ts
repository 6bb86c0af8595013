import type { Vectors } from "@nearfar/formats";

/** The k nearest by cosine, computed in float64 for every row; a row of zeros has cosine 0. */
export function slowNearest(query: ArrayLike<number>, { rows, dimensions, data }: Vectors, k: number) {
  const norm = (x: ArrayLike<number>) => Math.sqrt(Array.from(x).reduce((sum, value) => sum + value * value, 0));
  const all = Array.from({ length: rows }, (_, row) => {
    const vector = data.subarray(row * dimensions, (row + 1) * dimensions);
    const dot = vector.reduce((sum, value, i) => sum + value * query[i]!, 0);
    return { row, score: dot === 0 ? 0 : dot / (norm(vector) * norm(query)) };
  });
  return all.sort((a, b) => b.score - a.score || a.row - b.row).slice(0, k);
}

/** The pattern in which row i belongs to column i + `offset`, for n rows: `[offset, offset + 1, ...]`. */
export function diagonal(n: number, { offset = 0 } = {}): number[] {
  return Array.from({ length: n }, (_, i) => i + offset);
}

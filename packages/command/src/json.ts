/** A value as JSON for stdout, with a newline; typed arrays are lists. Nothing else may be printed there. */
export function json(value: unknown): string {
  const plain = (_: string, part: unknown): unknown =>
    ArrayBuffer.isView(part) && !(part instanceof DataView) ? Array.from(part as unknown as ArrayLike<number>) : part;
  return `${JSON.stringify(value, plain, 2)}\n`;
}

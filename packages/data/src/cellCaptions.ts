/** The texts of a table's cell: itself, or those of a list, which may be written as JSON; none for an empty cell or anything else. */
export function cellCaptions(value: unknown): readonly string[] {
  if (typeof value === "number" || typeof value === "bigint") return [String(value)];
  if (typeof value === "string") return listed(value) ?? [value];
  // A list within a list is none: a file could nest them deeper than the stack is.
  if (Array.isArray(value)) return value.flatMap((one: unknown) => (Array.isArray(one) ? [] : cellCaptions(one)));
  return [];
}

function listed(text: string): readonly string[] | undefined {
  if (!text.trimStart().startsWith("[")) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((one) => typeof one === "string") ? value : undefined;
  } catch {
    return undefined; // a text that begins with a bracket
  }
}

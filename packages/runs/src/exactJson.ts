import type { Plain } from "./plain.ts";

/** `value` as JSON; throws a RangeError for a number that JSON has no word for and would silently turn into null. */
export function exactJson(value: Plain, { what, indent = 0 }: { what: string; indent?: number }): string {
  const replacer = (name: string, part: unknown): unknown => {
    if (typeof part === "number" && !Number.isFinite(part))
      throw new RangeError(`${what}: numbers are finite; got ${part} for "${name}".`);
    return part;
  };
  return JSON.stringify(value, replacer, indent);
}

import { createHash } from "node:crypto";

export interface Fingerprint {
  readonly count: number;
  readonly sha256: string;
}

/**
 * What a resumed run compares to notice other data: the number of items and a sha256 over them, in any order.
 *
 * An item is what tells two examples apart and is cheap to know, such as `cat/1.png 4711` (path and size).
 */
export function fingerprint(items: Iterable<string>): Fingerprint {
  const sorted = [...items].sort();
  const hash = createHash("sha256");
  for (const item of sorted) hash.update(`${JSON.stringify(item)}\n`); // quoted: no item can look like two
  return { count: sorted.length, sha256: hash.digest("hex") };
}

import { distance } from "./distance.ts";

/** The name that was probably meant by `name`, upper and lower case aside: the fewest edits, at most two fifths of its length; or undefined. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const meant = name.slice(0, 100).toLowerCase();
  const edits = (other: string) => distance(meant, other.toLowerCase());
  const [best] = [...names].sort((a, b) => edits(a) - edits(b)); // stable: of equals the first
  return best !== undefined && edits(best) <= 0.4 * Math.max(best.length, meant.length) ? best : undefined;
}

import { readFileSync } from "node:fs";
import type { Trajectory } from "./trajectory.ts";

// Source: golden/make_pairs.py, open_clip 3.3.0 and lightly 1.6.0 on torch 2.14.1 in float64: three steps of SGD, the scale kept in [0, ln 100].
const golden = JSON.parse(readFileSync(new URL("golden/pairs.json", import.meta.url), "utf8")) as Record<
  string,
  Trajectory
>;

/** The trajectory of that name; there is one. */
export function pairGolden(name: string): Trajectory {
  const found = golden[name];
  if (!found) throw new Error(`pairs.json has no trajectory "${name}".`);
  return found;
}

import { readFileSync } from "node:fs";
import type { Trajectory } from "./trajectory.ts";

// Source: golden/make_text.py, sentence-transformers 6.2.0, pytorch-metric-learning 1.0.0 as DeCLUTR's authors use it, and transformers 5.24.0
// on torch 2.14.1 in float64: three steps of SGD.
const golden = JSON.parse(readFileSync(new URL("golden/text.json", import.meta.url), "utf8")) as Record<
  string,
  Trajectory
>;

/** The trajectory of that name; there is one. */
export function textGolden(name: string): Trajectory {
  const found = golden[name];
  if (!found) throw new Error(`text.json has no trajectory "${name}".`);
  return found;
}

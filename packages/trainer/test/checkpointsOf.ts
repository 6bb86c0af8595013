import { readdirSync } from "node:fs";
import { join } from "node:path";

/** The names of a run's checkpoints, in order. */
export function checkpointsOf(dir: string): string[] {
  return readdirSync(join(dir, "checkpoints")).sort();
}

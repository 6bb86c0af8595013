import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What of a run directory may not depend on stops and threads: its last checkpoint, by name and sha256, and its log. */
export function runDigest(dir: string): { name: string; sha256: string; log: string } {
  const name = readdirSync(join(dir, "checkpoints")).sort().at(-1)!;
  const bytes = readFileSync(join(dir, "checkpoints", name));
  const log = readFileSync(join(dir, "log.jsonl"), "utf8");
  return { name, sha256: createHash("sha256").update(bytes).digest("hex"), log };
}

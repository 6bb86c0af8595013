import { existsSync } from "node:fs";
import { join } from "node:path";

/** A data set of `NEARFAR_DATA`: its path, or the reason for which a test that wants it is skipped. */
export function realData(name: string): { path: string; missing: boolean; reason: string } {
  const root = process.env.NEARFAR_DATA;
  const path = join(root ?? "", name);
  const missing = !root || !existsSync(path);
  return {
    path,
    missing,
    reason: missing ? `(skipped: NEARFAR_DATA has no ${name}; test/README.md says where each set comes from)` : "",
  };
}

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";

const made: string[] = [];

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** The path of a run directory to be, in a temporary folder that goes after the test. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "nearfar-runs-"));
  made.push(folder);
  return join(folder, "run");
}

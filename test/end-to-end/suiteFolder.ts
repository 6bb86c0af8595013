import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** A new empty folder that is removed when all tests of the file have ended. */
export function suiteFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "nearfar-test-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

import { join } from "node:path";
import type { PlainObject } from "./plain.ts";
import { readPlainFile } from "./readPlainFile.ts";
import type { Run } from "./run.ts";

/** What `writeReport` wrote; a `UserError` if there is none yet. */
export async function readReport(run: Pick<Run, "dir">): Promise<PlainObject> {
  return readPlainFile(join(run.dir, "report.json"));
}

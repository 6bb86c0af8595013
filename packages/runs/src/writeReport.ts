import { join } from "node:path";
import { writeFileAtomic } from "@nearfar/formats";
import { exactJson } from "./exactJson.ts";
import type { PlainObject } from "./plain.ts";
import type { OpenRun } from "./run.ts";

/** Writes `report.json`: what is told once, at the end, such as times, skipped pictures and results. Replaces an older one. */
export async function writeReport(run: OpenRun, report: PlainObject): Promise<void> {
  const path = join(run.dir, "report.json");
  await writeFileAtomic(path, Buffer.from(`${exactJson(report, { what: path, indent: 2 })}\n`));
}

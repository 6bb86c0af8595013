import { createRequire } from "node:module";
import { join } from "node:path";
import { writeFileAtomic } from "@nearfar/formats";
import { exactJson } from "./exactJson.ts";
import type { Run } from "./run.ts";

/** The name and layout of `run.json`, and its writer. `load` reads it. */
export const runFile = {
  format: "nearfar-run/1",
  path: (dir: string): string => join(dir, "run.json"),
  /** `nearfar`'s version: all packages share it. */
  version: (createRequire(import.meta.url)("../package.json") as { version: string }).version,
  async write({ dir, nearfar, data, configuration }: Run): Promise<void> {
    const text = exactJson(
      { format: runFile.format, nearfar, data: data && { ...data }, configuration },
      { what: runFile.path(dir), indent: 2 },
    );
    await writeFileAtomic(runFile.path(dir), Buffer.from(`${text}\n`));
  },
};

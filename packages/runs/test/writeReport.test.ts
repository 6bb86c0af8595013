import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createRun, readReport, writeReport } from "@nearfar/runs";
import { describe, expect, it } from "vitest";
import { configuration } from "./configuration.ts";
import { newFolder } from "./newFolder.ts";

describe("writeReport", () => {
  it("writes what readReport reads, and replaces it", async () => {
    const run = await createRun(newFolder(), configuration);
    await expect(readReport(run)).rejects.toMatchObject({
      name: "UserError",
      message: `${join(run.dir, "report.json")}: no such file or folder`,
    });
    await writeReport(run, { seconds: 12, skipped: ["a.png"] });
    await writeReport(run, { seconds: 13, skipped: [] });
    expect(await readReport(run)).toEqual({ seconds: 13, skipped: [] });
    expect(readFileSync(join(run.dir, "report.json"), "utf8")).toBe('{\n  "seconds": 13,\n  "skipped": []\n}\n');
  });
});

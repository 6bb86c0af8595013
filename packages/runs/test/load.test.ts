import { mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRun, load } from "@nearfar/runs";
import { describe, expect, it } from "vitest";
import { configuration } from "./configuration.ts";
import { newFolder } from "./newFolder.ts";

const refused = (dir: string, message: string) =>
  expect(load(dir)).rejects.toMatchObject({ name: "UserError", message: expect.stringContaining(message) as string });

describe("load", () => {
  it("refuses a folder that is missing, is a file, or is no run", async () => {
    const dir = newFolder();
    await refused(dir, `${dir}: no such file or folder`);
    mkdirSync(dir);
    await refused(dir, `${dir}: not a run directory (it has no run.json). Name the folder that training wrote.`);
    const file = join(dir, "file");
    writeFileSync(file, "");
    await refused(file, `${file}: a run directory was expected; this is a file.`);
  });

  it("refuses a run.json that is cut, foreign, incomplete or huge", async () => {
    const dir = newFolder();
    await (await createRun(dir, configuration)).close();
    const path = join(dir, "run.json");
    const good = JSON.parse(readFileSync(path, "utf8")) as object;
    const write = (value: unknown) => writeFileSync(path, JSON.stringify(value));
    writeFileSync(path, readFileSync(path).subarray(0, 50));
    await refused(dir, `${path}: not JSON`);
    write([good]);
    await refused(dir, `${path}: a JSON object was expected.`);
    write({ ...good, format: "nearfar-run/2" });
    await refused(dir, `${path}: format "nearfar-run/1" was expected; got "nearfar-run/2".`);
    write({ name: "other" });
    await refused(dir, "got none");
    for (const wrong of [
      { configuration: { ...configuration, seed: -1 } },
      { configuration: [] },
      { data: 3 },
      { nearfar: null },
    ]) {
      write({ ...good, ...wrong });
      await refused(dir, "is missing or not of its kind");
    }
    truncateSync(path, 2 ** 27); // sparse: nothing is written, and nothing may be read
    await refused(dir, "at most 67108864 bytes were expected; got 134217728.");
  });
});

import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "@nearfar/testing";
import { describe, expect, it } from "vitest";

describe.sequential("temporaryFolder", () => {
  const made: string[] = [];

  it("gives a new folder each time", () => {
    made.push(temporaryFolder(), temporaryFolder());
    for (const folder of made) writeFileSync(join(folder, "file"), "");
    expect(made[0]).not.toBe(made[1]);
  });

  it("has removed them after the test, with what they held", () => {
    expect(made.length).toBe(2);
    expect(made.filter((folder) => existsSync(folder))).toEqual([]);
  });
});

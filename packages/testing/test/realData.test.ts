import { join } from "node:path";
import { realData, temporaryFolder } from "@nearfar/testing";
import { afterEach, describe, expect, it, vi } from "vitest";

afterEach(() => void vi.unstubAllEnvs());

describe("realData", () => {
  it("gives the path of a set that is there", () => {
    const folder = temporaryFolder();
    vi.stubEnv("NEARFAR_DATA", join(folder, ".."));
    const name = folder.split("/").at(-1)!;
    expect(realData(name)).toEqual({ path: folder, missing: false, reason: "" });
  });

  it("gives a reason where the set or all sets are missing", () => {
    vi.stubEnv("NEARFAR_DATA", temporaryFolder());
    expect(realData("no-such-set")).toMatchObject({ missing: true, reason: expect.stringContaining("no-such-set") });
    vi.stubEnv("NEARFAR_DATA", "");
    expect(realData("no-such-set").missing).toBe(true);
  });
});

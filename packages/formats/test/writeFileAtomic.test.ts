import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openForReading, UserError, writeFileAtomic } from "@nearfar/formats";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nearfar-atomic-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("writeFileAtomic", () => {
  it("replaces a file whole, and leaves nothing beside it", async () => {
    const path = join(folder, "whole");
    writeFileSync(path, "a much longer old content");
    await writeFileAtomic(path, Buffer.from("new"));
    expect(readFileSync(path, "utf8")).toBe("new");
    expect(readdirSync(folder)).toEqual(["whole"]);
  });

  it("shows the old content until all is written", async () => {
    const path = join(folder, "whole");
    await writeFileAtomic(path, async (handle) => {
      await handle.writeFile("one ");
      expect(readFileSync(path, "utf8")).toBe("new");
      await handle.writeFile("two");
    });
    expect(readFileSync(path, "utf8")).toBe("one two");
  });

  it("keeps the old file and removes its own when writing fails", async () => {
    const path = join(folder, "whole");
    const failing = writeFileAtomic(path, async (handle) => {
      await handle.writeFile("half");
      throw new Error("the disk is on fire");
    });
    await expect(failing).rejects.toThrow("the disk is on fire");
    expect(readFileSync(path, "utf8")).toBe("one two");
    expect(readdirSync(folder)).toEqual(["whole"]);
  });

  it("leaves the error of another file as it is", async () => {
    const other = join(folder, "other");
    const failing = writeFileAtomic(join(folder, "whole"), async () => void readFileSync(other));
    await expect(failing).rejects.toMatchObject({ code: "ENOENT", path: other });
  });

  it("tells a user's mistakes in one line", async () => {
    const missing = join(folder, "none", "file");
    await expect(writeFileAtomic(missing, new Uint8Array(1))).rejects.toThrow(
      new UserError(`${missing}: no such file or folder`),
    );
    const taken = join(folder, "taken");
    mkdirSync(taken);
    await expect(writeFileAtomic(taken, new Uint8Array(1))).rejects.toThrow(UserError);
    await expect(openForReading(taken)).rejects.toThrow(/taken: this is a folder/);
    await expect(openForReading(missing)).rejects.toThrow(/no such file/);
    expect(existsSync(missing)).toBe(false);
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it.skipIf(process.platform === "win32")(
    "refuses what is no regular file (/dev/null: only where there is one)",
    async () => {
      await expect(openForReading("/dev/null")).rejects.toThrow(/not a regular file/);
    },
  );
});

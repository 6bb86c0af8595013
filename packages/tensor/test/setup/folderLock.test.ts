import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderLock } from "../../setup/folderLock.mjs";
import { temporaryFolder } from "./temporaryFolder.ts";

function lockOf(...lines: string[]): string {
  const path = join(temporaryFolder(), "a.lock");
  mkdirSync(path);
  writeFileSync(join(path, "owners"), [hostname(), ...lines, ""].join("\n"));
  return path;
}

describe("folderLock", () => {
  it("lets one in at a time, and leaves nothing behind", async () => {
    const path = join(temporaryFolder(), "deep", "a.lock");
    let inside = 0;
    let most = 0;
    const enter = async () => {
      const lock = await folderLock(path, { pause: 1 });
      most = Math.max(most, ++inside);
      await new Promise((later) => setTimeout(later, 5));
      inside--;
      lock.release();
    };
    await Promise.all([enter(), enter(), enter(), enter()]);
    expect(most).toBe(1);
    expect(readdirSync(dirname(path))).toEqual([]);
  });

  it("removes the lock of a dead process, and of a process whose number another one has now", async () => {
    const { pid } = spawnSync(process.execPath, ["--version"]);
    for (const path of [lockOf(`${pid} 12345`), lockOf(`${process.pid} 1`)]) {
      (await folderLock(path)).release();
      expect(existsSync(path)).toBe(false);
    }
  });

  it("waits for a living child of a dead owner", async () => {
    const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"]);
    const path = join(temporaryFolder(), "a.lock");
    const first = await folderLock(path);
    first.add(child.pid ?? 0);
    // The owner's own line goes, as if it had died.
    const lines = readFileSync(join(path, "owners"), "utf8").trim().split("\n");
    writeFileSync(join(path, "owners"), `${lines[0]}\n${lines[2]}\n`);
    const waits: number[] = [];
    const second = folderLock(path, { pause: 1, waiting: (pid) => (waits.push(pid), child.kill("SIGKILL")) });
    (await second).release();
    expect(waits).toEqual([child.pid]);
  });
});

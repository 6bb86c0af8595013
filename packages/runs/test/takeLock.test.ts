import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { createRun, openRun } from "@nearfar/runs";
import { describe, expect, it } from "vitest";
import { configuration } from "./configuration.ts";
import { newFolder } from "./newFolder.ts";

/** A closed run whose lock file then holds `owner`. */
async function runWithLock(owner: object | string): Promise<{ dir: string; lock: string }> {
  const dir = newFolder();
  await (await createRun(dir, configuration)).close();
  const lock = join(dir, "lock");
  writeFileSync(lock, typeof owner === "string" ? owner : JSON.stringify(owner));
  return { dir, lock };
}

const since = "2026-01-01T00:00:00.000Z";

describe("a run's lock", () => {
  it("names the process that holds it", async () => {
    const dir = newFolder();
    const run = await createRun(dir, configuration);
    const { since: time } = JSON.parse(readFileSync(join(dir, "lock"), "utf8")) as { since: string };
    await expect(openRun(dir)).rejects.toMatchObject({
      name: "UserError",
      message: `${dir}: in use by process ${process.pid} on ${hostname()} since ${time}. Stop it, or wait, or name another folder with --run.`,
    });
    await run.close();
    await (await openRun(dir)).close();
  });

  it("is taken over from a process that is gone", async () => {
    // A process that has ended by the time its pid is known.
    const pid = Number(
      execFileSync(process.execPath, ["-e", "process.stdout.write(String(process.pid))"], { encoding: "utf8" }),
    );
    const { dir, lock } = await runWithLock({ pid, host: hostname(), since });
    const run = await openRun(dir);
    expect(JSON.parse(readFileSync(lock, "utf8"))).toMatchObject({ pid: process.pid });
    await run.close();
    expect(existsSync(lock)).toBe(false);
  });

  it.skipIf(!existsSync("/proc/self/stat"))("is taken over from a process whose pid another one has now", async () => {
    // (needs /proc, which tells when a process started)
    const { dir } = await runWithLock({ pid: process.pid, host: hostname(), since, start: "another-boot 1" });
    await (await openRun(dir)).close();
  });

  it("is left alone if its host is another, or it says nothing", async () => {
    const other = await runWithLock({ pid: 1, host: "elsewhere", since });
    await expect(openRun(other.dir)).rejects.toThrow(
      `${other.dir}: in use by process 1 on elsewhere since ${since}. If it is gone, delete ${other.lock}, or name another folder with --run.`,
    );
    for (const text of ["", "{", "null", `{"pid":-1,"host":"${hostname()}"}`, `{"pid":"1"}`]) {
      const broken = await runWithLock(text);
      await expect(openRun(broken.dir)).rejects.toThrow(
        `${broken.dir}: in use, and ${broken.lock} does not say by whom. If nothing trains there, delete that file.`,
      );
      expect(readFileSync(broken.lock, "utf8")).toBe(text);
    }
  });

  it("is had by one of many that start at once", async () => {
    const dir = newFolder();
    const starts = await Promise.allSettled(Array.from({ length: 8 }, () => createRun(dir, configuration)));
    const runs = starts.filter((start) => start.status === "fulfilled");
    expect(runs).toHaveLength(1);
    for (const start of starts)
      if (start.status === "rejected") expect(start.reason).toMatchObject({ name: "UserError" });
    await runs[0]!.value.close();
  });

  it("of a process that was killed does not stand in the way of the next", async () => {
    const dir = newFolder();
    const program = `
      import { createRun } from "@nearfar/runs";
      await createRun(${JSON.stringify(dir)}, ${JSON.stringify(configuration)});
      process.kill(process.pid, "SIGKILL");`;
    const flags = ["--conditions=nearfar-source", "--import", "tsx", "--input-type=module", "-e", program];
    const { signal, stderr } = spawnSync(process.execPath, flags, { encoding: "utf8" });
    expect(signal, stderr).toBe("SIGKILL");
    expect(existsSync(join(dir, "lock"))).toBe(true);
    await (await openRun(dir)).close();
  });
});

import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { runProgram } from "@nearfar/command";
import { describe, expect, it, vi } from "vitest";
import { small } from "./programs/small.ts";

const flags = ["--conditions=nearfar-source", "--import", "tsx", join(import.meta.dirname, "programs", "main.ts")];

/** The exit code of a child and what it said on stderr. */
async function ended(child: ChildProcess): Promise<{ code: number | null; stderr: string }> {
  let stderr = "";
  child.stderr!.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stderr };
}

const train = ["image", "train", "pictures", "--run", "runs/a"];
const hint = "Run again with NEARFAR_DEBUG=1 for the stack.\n";

/** Runs the program in this process; what a process of its own adds is tested below. */
async function run(argv: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const said = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const)
    vi.spyOn(process[stream], "write").mockImplementation((text) => ((said[stream] += String(text)), true));
  try {
    return { code: await runProgram(small, argv), ...said };
  } finally {
    vi.restoreAllMocks();
  }
}

describe("runProgram", () => {
  it("returns 0, results on stdout, progress on stderr", async () => {
    const { code, stdout, stderr } = await run([...train, "--batch", "64"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "train 100%  2/2  loss 4.2\n" });
    expect(JSON.parse(stdout)).toEqual({ images: "pictures", run: "runs/a", batch: 64 });
  });

  it("prints help and version with 0", async () => {
    expect(await run(["image", "train", "--help"])).toMatchObject({ code: 0, stderr: "" });
    const help = await run(["help", "image"]);
    expect(help).toMatchObject({ code: 0, stderr: "" });
    expect(help.stdout).toContain("Usage: small image [options] [command]");
    expect(await run(["--version"])).toEqual({ code: 0, stdout: "1.2.3\n", stderr: "" });
  });

  it("prints the help of a command that is only a group of others to stderr, with 2", async () => {
    const { code, stdout, stderr } = await run(["image"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("Usage: small image [options] [command]");
  });

  it.each([
    [[...train, "--bacth", "64"], "unknown option '--bacth'. Did you mean --batch?"],
    [[...train, "--zzz"], "unknown option '--zzz'"],
    [["imgae"], "unknown command 'imgae'. Did you mean image?"],
    [["image", "trian"], "unknown command 'trian'. Did you mean train?"],
    [["image", "train", "pictures"], "required option '--run <dir>' not specified"],
    [["image", "train", "--run", "a"], "missing required argument 'images'"],
    [["image", "train", "pictures", "--run"], "option '--run <dir>' argument missing"],
    [[...train, "more"], "too many arguments for 'train'. Expected 1 argument but got 2."],
    [[...train, "--batch", "-5"], '--batch: a whole number from 1 was expected; got "-5".'],
    [["image", "fail", "user"], "images/: no pictures there. Name another folder."],
  ])("tells a user's mistake in one line, with 2: %j", async (argv, line) => {
    expect(await run(argv)).toEqual({ code: 2, stdout: "", stderr: `${line}\n` });
  });

  it("tells any other error by its message, with 1, and the stack only if asked", async () => {
    vi.stubEnv("NEARFAR_DEBUG", "");
    expect(await run(["image", "fail", "bug"])).toEqual({ code: 1, stdout: "", stderr: `a bug\n${hint}` });
    expect(await run(["image", "fail", "text"])).toEqual({ code: 1, stdout: "", stderr: `only a text\n${hint}` });
    vi.stubEnv("NEARFAR_DEBUG", "1");
    const { code, stderr } = await run(["image", "fail", "bug"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^TypeError: a bug\n {4}at .*small\.ts/);
    vi.unstubAllEnvs();
  });
});

describe("a program of its own process", () => {
  it.each([
    [["image", "fail", "user"], 2, "images/: no pictures there. Name another folder.\n"],
    [["image", "trian"], 2, "unknown command 'trian'. Did you mean train?\n"],
    [["image", "fail", "bug"], 1, `a bug\n${hint}`],
  ])("ends with the code, and nothing else is printed: %j", (argv, code, message) => {
    const { NEARFAR_DEBUG: _, ...env } = process.env;
    const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, ...argv], { encoding: "utf8", env });
    expect({ status, stdout, stderr }).toEqual({ status: code, stdout: "", stderr: message });
  });

  it("says nothing when its reader goes away", async () => {
    const child = spawn(process.execPath, [...flags, "image", "flood"], { stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.once("data", () => child.stdout.destroy());
    expect(await ended(child)).toEqual({ code: 0, stderr: "" });
  });

  it.skipIf(process.platform === "win32").each(["SIGINT", "SIGTERM"] as const)(
    "saves once and ends with 130 at %s, also when the signal comes twice", // (Windows has no signals to send)
    async (signal) => {
      const child = spawn(process.execPath, [...flags, "image", "sleep"], { stdio: ["ignore", "pipe", "pipe"] });
      const lines: string[] = [];
      createInterface(child.stdout).on("line", (line) => {
        lines.push(line);
        if (line === "ready") for (let i = 0; i < 2; i++) child.kill(signal);
      });
      expect(await ended(child)).toEqual({ code: 130, stderr: "saved at step 7; add --resume to go on\n" });
      expect(lines).toEqual(["ready", "asked"]);
    },
  );
});

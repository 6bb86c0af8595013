import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runProgram } from "@nearfar/command";
import { temporaryFolder } from "@nearfar/testing";
import { Hono } from "hono";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { serve } from "../../src/serve/serve.ts";
import { serveCommand } from "../../src/serve/serveCommand.ts";
import { writeDrawnPictures } from "./drawnPictures.ts";

const program = fileURLToPath(new URL("serveStub.ts", import.meta.url));
const flags = ["--conditions=nearfar-source", "--import", "tsx"];

interface Started {
  readonly process: ChildProcess;
  readonly err: () => string;
  /** What it prints first: its address. Rejects where it ends without. */
  readonly url: Promise<string>;
  readonly code: Promise<number | null>;
}

function start(...given: string[]): Started {
  const child = spawn(process.execPath, [...flags, program, ...given], { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  let err = "";
  child.stderr.on("data", (text) => (err += text));
  const code = once(child, "close").then(([status]) => status as number | null);
  const url = new Promise<string>((resolve, reject) => {
    child.stdout.once("data", (text) => resolve(String(text).trim()));
    void code.then(() => reject(new Error(err)));
  });
  url.catch(() => {});
  return { process: child, err: () => err, url, code };
}

async function folders() {
  const folder = temporaryFolder();
  await writeDrawnPictures(join(folder, "pictures"));
  mkdirSync(join(folder, "run", "model"), { recursive: true });
  writeFileSync(join(folder, "run", "model", "config.json"), "{}");
  return { run: join(folder, "run"), pictures: join(folder, "pictures") };
}

describe("nearfar pairs serve", () => {
  it("serves, keeps the vectors in the run, and on SIGTERM finishes what runs and exits 0", async () => {
    const { run, pictures } = await folders();
    const { process: child, url, code, err } = start("--run", run, "--images", pictures, "--port", "0");
    const base = await url;
    expect(base).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(readdirSync(join(run, "gallery"))).toEqual([expect.stringMatching(/^pictures-.*\.safetensors$/)]);
    expect(err()).toContain("64/64");
    const running = fetch(`${base}/api/search?q=red`);
    await fetch(`${base}/api/about`); // the one before has come in
    child.kill("SIGTERM");
    expect((await running).status).toBe(200);
    expect(await code).toBe(0);
    const again = start("--run", run, "--images", pictures, "--port", "0");
    await again.url;
    expect(again.err()).toContain("64 vectors of pictures from");
    again.process.kill("SIGINT");
    expect(await again.code).toBe(0);
  });

  it("tells a user's mistake in a line, before the work", async () => {
    const { run, pictures } = await folders();
    const taken = await serve(new Hono(), { port: 0 });
    onTestFinished(() => taken.close());
    const { port } = new URL(taken.url);
    for (const [given, message] of [
      [["--images", pictures], /^Which model\?/],
      [["--run", run], /--images/],
      [["--run", run, "--images", join(pictures, "nowhere"), "--port", "0"], /nowhere: no such file or folder/],
      [["--run", run, "--images", pictures, "--port", "70000"], /^--port: a port is a number up to 65535/],
      [["--run", run, "--images", pictures, "--port", port], /^127\.0\.0\.1:\d+: port \d+ is taken/],
      [["--run", run, "--images", pictures, "--limit-body", "much"], /^--limit-body: a size/],
      [["--run", run, "--images", pictures, "--queue", "0"], /^--queue/],
    ] as const) {
      let calls: unknown[][] = [];
      const told = vi.spyOn(process.stderr, "write").mockReturnValue(true);
      const open = async () => expect.fail("the model was opened");
      const code = await runProgram(serveCommand(open), given).finally(() => {
        calls = told.mock.calls.slice();
        told.mockRestore();
      });
      expect(code, given.join(" ")).toBe(2);
      expect(calls).toHaveLength(1);
      expect(String(calls[0]![0])).toMatch(message);
    }
  });
});

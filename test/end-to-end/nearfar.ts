import { spawn } from "node:child_process";
import { join } from "node:path";

/** How a call of the program ended, and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface NearfarOptions {
  /** Sends SIGINT once stderr has this in it. */
  readonly interruptAt?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs `nearfar` as a user does, as a process of its own, by the binary of this clone. */
export function nearfar(
  args: readonly (string | number)[],
  { interruptAt, env = {} }: NearfarOptions = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [binary, ...args.map(String)], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { stdout: "", stderr: "" };
  let interrupted = false;
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said.stderr += text;
    if (interruptAt === undefined || interrupted || !said.stderr.includes(interruptAt)) return;
    interrupted = true;
    child.kill("SIGINT");
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...said }));
  });
}

const binary = join(import.meta.dirname, "../../apps/nearfar/bin/nearfar.mjs");

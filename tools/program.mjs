// Starts a TypeScript program of this clone from its source, with the flags that this needs; interrupts reach it once.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { libraryPath } from "../packages/tensor/setup/libraryPath.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Runs `file` (from the clone's root) with `args`, and ends this process as it ends. */
export function program(file, args) {
  const tsx = pathToFileURL(createRequire(join(root, "package.json")).resolve("tsx")).href;
  const flags = ["--conditions=nearfar-source", "--import", tsx];
  const env = { ...process.env, LD_LIBRARY_PATH: libraryPath() }; // the GPU engine's; the loader reads it at a process's start
  const child = spawn(process.execPath, [...flags, join(root, file), ...args], { stdio: "inherit", env });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
}

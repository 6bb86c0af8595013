import { execFile } from "node:child_process";
import { mkdirSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./root.ts";

/** Runs a snippet as a file of a package, in a process of its own; resolves to what went wrong, or to an empty text. */
export function runSnippet(folder: string, code: string): Promise<string> {
  // Inside the package, so that names resolve as they do for its own files; in a folder that git, Nx and lint pass over.
  const place = join(root, folder, "dist");
  const file = join(place, `snippet-${process.pid}-${count++}.ts`);
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  mkdirSync(place, { recursive: true });
  writeFileSync(file, `${code}\nexport {};\n`);
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ["--conditions=nearfar-source", "--import", tsx, file],
      { cwd: join(root, folder), timeout: 60_000 },
      (error, _, stderr) => {
        rmSync(file, { force: true });
        removeIfEmpty(place);
        resolve(error ? `${error.message}\n${stderr}` : "");
      },
    );
  });
}

let count = 0;

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // There is a build in it, or another snippet.
  }
}

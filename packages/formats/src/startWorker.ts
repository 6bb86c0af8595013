import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker, type WorkerOptions } from "node:worker_threads";

/**
 * Starts a thread with this program, `new URL("./x.ts", import.meta.url)`: from source by the loader of TypeScript, and in a build,
 * where only `x.js` is there, at once.
 */
export function startWorker(program: URL, options: Omit<WorkerOptions, "eval" | "execArgv">): Worker {
  if (!program.pathname.endsWith(".ts") || !existsSync(fileURLToPath(program)))
    return new Worker(new URL(program.href.replace(/\.ts$/, ".js")), options);
  const loader = import.meta.resolve("tsx/esm/api");
  // Node 20 does not apply `--import tsx` to a worker's first module, so that this one is JavaScript.
  const start = `import { register } from ${JSON.stringify(loader)}; register(); await import(${JSON.stringify(program.href)});`;
  const url = new URL(`data:text/javascript,${encodeURIComponent(start)}`);
  return new Worker(url, { ...options, execArgv: ["--conditions=nearfar-source"] });
}

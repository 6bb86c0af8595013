import { spawnSync } from "node:child_process";
import { cpus } from "node:os";
import type { Result } from "./result.ts";

/** When, of which source and where something is measured. A commit with "+" had changes that were not committed. */
export function provenance(): Pick<Result, "date" | "commit" | "machine"> {
  const git = (...args: string[]) => spawnSync("git", args, { cwd: import.meta.dirname, encoding: "utf8" });
  const head = git("rev-parse", "--short=10", "HEAD");
  const source = ["status", "--porcelain", "--", ":/", ":!:/test/benchmarks/results", ":!:/test/benchmarks/RESULTS.md"];
  const changed = git(...source).stdout !== "";
  return {
    date: `${new Date().toISOString().slice(0, 16)}Z`,
    commit: head.status === 0 ? `${head.stdout.trim()}${changed ? "+" : ""}` : "none yet",
    machine: {
      cpu: cpus()[0]?.model.trim() ?? "unknown",
      cores: cpus().length,
      system: `${process.platform}-${process.arch}`,
    },
  };
}

import type { ChildProcess } from "node:child_process";

/** A program that we started ends when we end, however that comes about. */
export function endWithUs(child: ChildProcess): void {
  const end = () => child.kill();
  process.once("exit", end);
  child.once("close", () => process.off("exit", end));
}

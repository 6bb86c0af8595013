import { program, runProgram, type Command } from "@nearfar/command";
import { beforeEach, vi } from "vitest";

/** Catches what commands print; `run(command, ...args)` gives the exit code, and `stdout` and `stderr` of that run. */
export function programOutput() {
  const out = { stdout: "", stderr: "" };
  beforeEach(() => {
    for (const name of ["stdout", "stderr"] as const)
      vi.spyOn(process[name], "write").mockImplementation((text) => ((out[name] += String(text)), true));
    return () => vi.restoreAllMocks();
  });
  return async (command: Command, ...args: string[]) => {
    Object.assign(out, { stdout: "", stderr: "" });
    const code = await runProgram(program("pairs", "").addCommand(command), [command.name(), ...args]);
    return { code, ...out };
  };
}

import type { Command } from "@nearfar/command";

/** Adds `--run` and `--init`, one of which says which model is used (`openEncoder`). */
export function withModelFlags(command: Command): Command {
  return command
    .option("--run <dir>", "the run directory whose model is used")
    .option("--init <folder>", "a model folder instead of a run");
}

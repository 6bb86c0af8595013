import type { Command } from "@nearfar/command";

/** Adds `--run` and `--init`, one of which says which two towers are used (`withTowers`). */
export function withTowersFlags(command: Command): Command {
  return command
    .option("--run <dir>", "the run directory whose model is used")
    .option("--init <folder>", "a model folder instead of a run, such as a CLIP or SigLIP of Hugging Face");
}

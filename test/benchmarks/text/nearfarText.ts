import { typescript } from "../typescript.ts";

/** The command line of `nearfar text ...`, as a user types it. */
export function nearfarText(...args: readonly string[]): readonly string[] {
  return typescript("../../apps/nearfar/src/main.ts", ["text", ...args]);
}

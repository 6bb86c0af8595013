import { typescript } from "./typescript.ts";

/** The command line of `nearfar ...`, as a user types it. */
export function nearfar(...args: readonly string[]): readonly string[] {
  return typescript("../../apps/nearfar/src/main.ts", args);
}

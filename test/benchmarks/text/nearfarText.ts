import { nearfar } from "../nearfar.ts";

/** The command line of `nearfar text ...`, as a user types it. */
export function nearfarText(...args: readonly string[]): readonly string[] {
  return nearfar("text", ...args);
}

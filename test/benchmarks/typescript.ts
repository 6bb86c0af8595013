import { join } from "node:path";

/** The command line of a program of this folder, to be run as this process runs: from the source, without a build. */
export function typescript(file: string, args: readonly string[] = []): readonly string[] {
  return [process.execPath, ...process.execArgv, join(import.meta.dirname, file), ...args];
}

import type { PlainObject } from "./plain.ts";
import type { OpenRun } from "./run.ts";
import { runFile } from "./runFile.ts";

/** Records fields of the configuration that became known after the start, such as the number of steps that a budget came to. */
export async function amendRun(run: OpenRun, changes: PlainObject): Promise<OpenRun> {
  const amended = { ...run, configuration: { ...run.configuration, ...changes } };
  await runFile.write(amended);
  return amended;
}

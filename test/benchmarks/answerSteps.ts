import { createInterface } from "node:readline";
import { say } from "./say.ts";

/** Our side of a benchmark of steps: each line "k" on stdin runs k of them and is answered by {"ms": milliseconds per step}. */
export async function answerSteps(step: () => void): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const count = Number(line);
    const begin = performance.now();
    for (let i = 0; i < count; i++) step();
    say({ ms: (performance.now() - begin) / count });
  }
}

import { parentPort, workerData } from "node:worker_threads";
import { loadTask, type TaskReference } from "./loadTask.ts";
import { transferables } from "./transferables.ts";

/** What a worker is sent, and what it answers. */
export interface TaskRequest {
  readonly id: number;
  readonly input: unknown;
}
export interface TaskAnswer {
  readonly id: number;
  readonly output?: unknown;
  readonly error?: { readonly name: string; readonly message: string; readonly stack: string };
}

const port = parentPort!;
const task = loadTask(workerData as TaskReference);
// A task that cannot be loaded is told to every run that asks for it.
task.catch(() => {});

port.on("message", async ({ id, input }: TaskRequest) => {
  try {
    answer(id, await (await task)(input));
  } catch (thrown) {
    const { name, message, stack = "" } = thrown instanceof Error ? thrown : new Error(String(thrown));
    port.postMessage({ id, error: { name, message, stack } } satisfies TaskAnswer);
  }
});

function answer(id: number, output: unknown): void {
  try {
    port.postMessage({ id, output } satisfies TaskAnswer, transferables(output));
  } catch {
    // Memory that a native addon owns cannot be moved; then all is copied.
    port.postMessage({ id, output } satisfies TaskAnswer);
  }
}

import { startWorker, UserError } from "@nearfar/formats";
import { loadTask, type TaskReference } from "./loadTask.ts";
import { moduleUrl } from "./moduleUrl.ts";
import type { TaskAnswer, TaskRequest } from "./poolWorker.ts";

export interface PoolOptions extends TaskReference {
  /** Worker threads; 0 runs the task in this thread. */
  readonly workers?: number;
}

export interface Pool<Input = unknown, Output = unknown> {
  readonly workers: number;
  /** Runs the task on one input; the input is cloned into a worker and the output's buffers are moved out of it. */
  run(input: Input): Promise<Output>;
  /** Ends the workers; runs that have not ended are rejected. May be called again. */
  close(): Promise<void>;
}

/**
 * A pool of worker threads for one task: a module's export `(options) => (input) => output`, loaded once per worker.
 *
 * The output is a function of the input alone, so it is the same for any number of workers. A task does not keep the arrays that
 * it returns: their memory moves to this thread. An error in a task rejects its own run, with message and stack; a worker that
 * dies rejects every run, then and later. A pool without runs does not keep the process alive.
 *
 * Throws RangeError for `workers` that is not a whole number from 0 to 1024.
 */
export function pool<Input, Output>({ workers = 0, ...task }: PoolOptions): Pool<Input, Output> {
  if (!(Number.isInteger(workers) && workers >= 0 && workers <= 1024))
    throw new RangeError(`pool: workers is a whole number from 0 to 1024; got ${workers}.`);
  const reference = { ...task, module: moduleUrl(task.module) };
  return workers === 0 ? inThisThread(reference) : inWorkers(reference, workers);
}

function inThisThread<Input, Output>(reference: TaskReference): Pool<Input, Output> {
  let task: ReturnType<typeof loadTask> | undefined;
  let closed = false;
  const checkOpen = () => {
    if (closed) throw new Error(CLOSED);
  };
  return {
    workers: 0,
    async run(input) {
      checkOpen();
      const output = await (await (task ??= loadTask(reference)))(input);
      checkOpen();
      return output as Output;
    },
    async close() {
      closed = true;
    },
  };
}

function inWorkers<Input, Output>(reference: TaskReference, workers: number): Pool<Input, Output> {
  let broken: Error | undefined;
  let ended: Promise<void> | undefined;
  const end = (reason: Error): Promise<void> => {
    broken ??= reason;
    return (ended ??= Promise.all(threads.map((thread) => thread.end(broken!))).then(() => {}));
  };
  const threads = Array.from({ length: workers }, () => startThread(reference, end));
  let next = 0;
  return {
    workers,
    async run(input) {
      if (broken) throw broken;
      // Sent at once, to the thread with least to do: threads go on while this one computes a step.
      const thread = threads.reduce((best, other) => (other.pending() < best.pending() ? other : best));
      return (await thread.run(next++, input)) as Output;
    },
    close: () => end(new Error(CLOSED)),
  };
}

const CLOSED = "pool: closed before this run ended. Is it closed only after the last result was read?";

interface Thread {
  pending(): number;
  run(id: number, input: unknown): Promise<unknown>;
  end(reason: Error): Promise<unknown>;
}

function startThread(reference: TaskReference, broke: (reason: Error) => void): Thread {
  const waiting = new Map<number, { resolve(output: unknown): void; reject(error: Error): void }>();
  const worker = startWorker(new URL("./poolWorker.ts", import.meta.url), { workerData: reference });
  // Not before it is online: Node 20 would keep the process alive for a worker that is released while it starts.
  worker.on("online", () => waiting.size === 0 && worker.unref());
  worker.on("message", ({ id, output, error }: TaskAnswer) => {
    const run = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) worker.unref();
    if (error) run?.reject(restored(error));
    else run?.resolve(output);
  });
  worker.on("messageerror", (error) => broke(new Error(`pool: a worker's answer could not be read: ${error.message}`)));
  worker.on("error", (error) => broke(new Error(`pool: a worker died: ${String(error)}`, { cause: error })));
  worker.on("exit", (code) =>
    broke(new Error(`pool: a worker ended by itself (exit code ${code}). Did a task call process.exit?`)),
  );
  return {
    pending: () => waiting.size,
    run: (id, input) =>
      new Promise((resolve, reject) => {
        worker.postMessage({ id, input } satisfies TaskRequest);
        waiting.set(id, { resolve, reject });
        worker.ref();
      }),
    end(reason) {
      for (const run of waiting.values()) run.reject(reason);
      waiting.clear();
      return worker.terminate();
    },
  };
}

function restored({ name, message, stack }: NonNullable<TaskAnswer["error"]>): Error {
  const error = name === "UserError" ? new UserError(message) : Object.assign(new Error(message), { name });
  error.stack = stack;
  return error;
}

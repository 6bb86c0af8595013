import { ApiError } from "./apiError.ts";

export interface WorkQueueOptions {
  /** Tasks that run at a time. */
  readonly atOnce?: number;
  /** Tasks that may wait beside them. */
  readonly most: number;
}

export interface WorkQueue {
  /** What the task gives, when its turn has come. A task whose signal is aborted while it waits never runs. */
  run<Result>(task: () => Promise<Result>, signal?: AbortSignal): Promise<Result>;
  readonly waiting: number;
}

/**
 * Tasks one after the other (or `atOnce` at a time), the rest waiting in order.
 *
 * Where `most` wait already, one more is an `ApiError` 429 whose Retry-After says when, by the time that tasks took so far, all that wait
 * will be done; 499 where the signal was aborted.
 */
export function workQueue({ atOnce = 1, most }: WorkQueueOptions): WorkQueue {
  const waiting: (() => void)[] = [];
  let running = 0;
  let seconds = 1; // of a task, a mean in which the last ones count most

  const turn = (signal?: AbortSignal): Promise<void> => {
    if (signal?.aborted) throw gone();
    if (running < atOnce) {
      running++;
      return Promise.resolve();
    }
    if (waiting.length >= most) {
      const wait = Math.min(60, Math.max(1, Math.ceil((seconds * (waiting.length + 1)) / atOnce)));
      throw new ApiError(429, `Too many requests wait already (${most}). Ask again in ${wait} s.`, {
        "Retry-After": `${wait}`,
      });
    }
    return new Promise((resolve, reject) => {
      const start = () => {
        signal?.removeEventListener("abort", leave);
        running++;
        resolve();
      };
      const leave = () => {
        waiting.splice(waiting.indexOf(start), 1);
        reject(gone());
      };
      signal?.addEventListener("abort", leave, { once: true });
      waiting.push(start);
    });
  };

  return {
    async run(task, signal) {
      await turn(signal);
      const began = performance.now();
      try {
        return await task();
      } finally {
        seconds = 0.8 * seconds + (0.2 * (performance.now() - began)) / 1000;
        running--;
        waiting.shift()?.();
      }
    },
    get waiting() {
      return waiting.length;
    },
  };
}

const gone = () => new ApiError(499, "The client has gone.");

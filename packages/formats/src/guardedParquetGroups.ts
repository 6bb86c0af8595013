import type { ParquetWorker } from "./parquetWorker.ts";
import { startWorker } from "./startWorker.ts";
import { UserError } from "./userError.ts";

export interface GuardedParquetGroupsOptions {
  /** Seconds that a row group may take. */
  readonly groupSeconds: number;
}

/** The heap of the thread: a row group of a million long texts takes a tenth. */
const heapMegabytes = 4096;

/**
 * `readParquetGroups` in a thread of its own, which is ended when a row group takes too long or too much memory: what a damaged file
 * makes the decoder do has no bound. That is a `UserError` that names the file, as whatever else is wrong with it.
 */
export async function* guardedParquetGroups(
  path: string,
  columns: readonly string[],
  { groupSeconds }: GuardedParquetGroupsOptions,
): AsyncGenerator<readonly ArrayLike<unknown>[], void, undefined> {
  const worker = startWorker(new URL("./parquetWorker.ts", import.meta.url), {
    workerData: { path, columns } satisfies ParquetWorker["data"],
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
  });
  const ask = (): Promise<ParquetWorker["answer"]> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(
        () =>
          reject(new UserError(`${path}: a row group is not read after ${groupSeconds} seconds. Is the file damaged?`)),
        1000 * groupSeconds,
      );
      worker.removeAllListeners();
      worker.on("message", (answer: ParquetWorker["answer"]) => {
        clearTimeout(timer);
        resolve(answer);
      });
      worker.on("error", (error: Error & { code?: string }) => {
        clearTimeout(timer);
        const large = error.code === "ERR_WORKER_OUT_OF_MEMORY";
        reject(
          large
            ? new UserError(`${path}: a row group takes more than ${heapMegabytes} MB. Is the file damaged?`)
            : error,
        );
      });
      worker.postMessage("next");
    });
  try {
    for (;;) {
      const { group, error } = await ask();
      if (error !== undefined) throw new UserError(error);
      if (group === undefined) return;
      yield group;
    }
  } finally {
    await worker.terminate();
  }
}

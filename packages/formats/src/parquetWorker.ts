import { parentPort, workerData } from "node:worker_threads";
import { readParquetGroups } from "./readParquetGroups.ts";

/** What passes between a reader and this thread, which answers each message with the next row group. */
export interface ParquetWorker {
  readonly data: { readonly path: string; readonly columns: readonly string[] };
  /** A row group's columns, nothing after the last one, or what is wrong with the file. */
  readonly answer: { readonly group?: readonly ArrayLike<unknown>[]; readonly error?: string };
}

const { path, columns } = workerData as ParquetWorker["data"];
const groups = readParquetGroups(path, columns);
const port = parentPort!;

port.on("message", async () => {
  try {
    const { value: group } = await groups.next();
    port.postMessage((group === undefined ? {} : { group }) satisfies ParquetWorker["answer"]);
  } catch (error) {
    port.postMessage({ error: (error as Error).message } satisfies ParquetWorker["answer"]); // a UserError's, as all of its errors are
  }
});

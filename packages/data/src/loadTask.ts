import { moduleUrl } from "./moduleUrl.ts";

/** What a pool runs: `export function name(options) { return (input) => output }` of a module, the output or a promise of it. */
export interface TaskReference {
  /** The module's URL, or its absolute path. `./x.ts` that exists only as `./x.js`, as in a build, is found there. */
  readonly module: URL | string;
  /** The name of the export. */
  readonly name: string;
  /** Plain options for it: cloned into each worker, SharedArrayBuffers shared. */
  readonly options: unknown;
}

export type Task = (input: unknown) => unknown;

/** Loads a task; calls made of it run one after another, in order. Throws Error when the module or its export is not there. */
export async function loadTask({
  module,
  name,
  options,
}: TaskReference): Promise<(input: unknown) => Promise<unknown>> {
  const url = moduleUrl(module);
  const exports = (await import(/* @vite-ignore */ url)) as Record<string, unknown>;
  const factory = exports[name];
  if (typeof factory !== "function")
    throw new Error(
      `pool: ${url} exports no function "${name}"; it exports ${Object.keys(exports).join(", ") || "nothing"}.`,
    );
  const task = (await factory(options)) as Task;
  let last: Promise<unknown> = Promise.resolve();
  return (input) => {
    const run = last.then(() => task(input));
    last = run.catch(() => {});
    return run;
  };
}

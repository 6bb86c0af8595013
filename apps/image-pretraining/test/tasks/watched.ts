// A pool's task for a test: the real one, and what its thread has loaded by the end of it.
import { createRequire } from "node:module";
import { views as real, type Rows, type ViewsOptions, type ViewsRequest } from "../../src/pictureTasks.ts";

export interface Watched extends Rows {
  /** The files of all CommonJS modules that this thread has loaded: the engine's packages are such. */
  readonly modules: readonly string[];
}

export function views(options: ViewsOptions): (request: ViewsRequest) => Promise<Watched> {
  const task = real(options);
  return async (request) => ({ ...(await task(request)), modules: Object.keys(createRequire(import.meta.url).cache) });
}

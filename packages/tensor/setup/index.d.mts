/** Types of the setup's door, by hand: the setup itself runs before any compiler is installed. */

/** The engines that can be set up. */
export interface Engine {
  readonly name: string;
  readonly version: string;
  readonly package: string;
  readonly kind: "cpu" | "gpu";
}
export declare const engines: { readonly cpu: Engine; readonly gpu: Engine };

/** The cache that all clones share: NEARFAR_CACHE, else nearfar under XDG_CACHE_HOME or ~/.cache. */
export declare function cacheFolder(env?: NodeJS.ProcessEnv): string;

/** Where an engine's libraries lie. */
export declare function engineFolder(engine: { name: string; version: string }, env?: NodeJS.ProcessEnv): string;

/** The value of LD_LIBRARY_PATH with which a launcher must start Node for the GPU engine. UNTESTED on a GPU. */
export declare function libraryPath(env?: NodeJS.ProcessEnv): string;

/** Sets up the native engine of a root. Throws an Error whose message is one line: why, and what to do. */
export declare function setupEngine(options: {
  root: string;
  gpu?: boolean;
  log?: (line: string) => void;
}): Promise<{ changed: boolean }>;

/** The reason, in one line, why a root's engine does not work; undefined if it does. Loads it in a child process. */
export declare function smokeTest(
  root: string,
  engine: { package: string; version?: string },
): Promise<string | undefined>;

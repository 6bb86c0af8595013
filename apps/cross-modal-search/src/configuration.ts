import type { Settings } from "./settings.ts";

/**
 * A training as typed code: what a paper's appendix lists. Flags override single values; the run directory records what was used.
 *
 * Each configuration stands in a file of its own under `configs/`, whose header gives the command, its cost and the expected result.
 */
export type Configuration = Omit<Settings, "seed">;

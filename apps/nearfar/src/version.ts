import { createRequire } from "node:module";

/** This program's version, as its package says. */
export const version = (createRequire(import.meta.url)("../package.json") as { version: string }).version;

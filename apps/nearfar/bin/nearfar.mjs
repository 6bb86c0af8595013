#!/usr/bin/env node
// In a clone the program runs from its source; published, from dist/.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const launcher = fileURLToPath(new URL("../../../tools/program.mjs", import.meta.url));
if (existsSync(launcher)) (await import(launcher)).program("apps/nearfar/src/main.ts", process.argv.slice(2));
else await import("../dist/main.js");

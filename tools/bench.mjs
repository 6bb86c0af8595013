// `npm run bench`: sets up what is missing, then measures speed, quality and memory beside the peers (test/benchmarks/README.md).
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { program } from "./program.mjs";

process.env.NEARFAR_ENGINE ??= "native"; // no other engine is worth measuring
const setup = spawnSync(process.execPath, [join(import.meta.dirname, "setup.mjs")], { stdio: "inherit" });
if (setup.status !== 0) process.exit(setup.status ?? 1);
program("test/benchmarks/main.ts", process.argv.slice(2));

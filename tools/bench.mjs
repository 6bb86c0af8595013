// `npm run bench`: sets up what is missing, then measures speed, quality and memory beside the peers (test/benchmarks/README.md).
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { program } from "./program.mjs";

process.env.NEARFAR_ENGINE ??= "native"; // no other engine is worth measuring
const setup = spawnSync(process.execPath, [fileURLToPath(new URL("setup.mjs", import.meta.url))], { stdio: "inherit" });
if (setup.status !== 0) process.exit(setup.status ?? 1);
program("test/benchmarks/main.ts", process.argv.slice(2));

// `npm run demo`: sets up what is missing, then trains SimCLR on emoji and icons and shows what it learned.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { program } from "./program.mjs";

const setup = spawnSync(process.execPath, [fileURLToPath(new URL("setup.mjs", import.meta.url))], { stdio: "inherit" });
if (setup.status !== 0) process.exit(setup.status ?? 1);
program("apps/demo/src/main.ts", process.argv.slice(2));

// `npm run demo`: sets up what is missing, then tells the whole story: SimCLR, SimCSE, CLIP; with --serve it builds the page first.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { program } from "./program.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const args = process.argv.slice(2);
const setup = spawnSync(process.execPath, ["tools/setup.mjs"], { cwd: root, stdio: "inherit" });
if (setup.status !== 0) process.exit(setup.status ?? 1);
if (args.includes("--serve")) {
  const page = ["node_modules/.bin/nx", "run", "@nearfar/cross-modal-search:page"];
  const options = { cwd: root, env: { ...process.env, NX_DAEMON: "false" }, encoding: "utf8" };
  const { status, stdout, stderr } = spawnSync(process.execPath, page, options);
  if (status !== 0) process.stderr.write(`${stdout}${stderr}`); // the API is served without it, and says so
}
program("apps/demo/src/main.ts", args);

// `npm test`: sets up what is missing, then formatting, lint, types and tests of every package (each cached), then one line that counts the tests.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const reports = join(root, ".nx", "reports");
const run = (command, ...args) => spawnSync(command, args, { cwd: root, stdio: "inherit" }).status ?? 1;

if (run(process.execPath, "tools/setup.mjs") !== 0) process.exit(1);

rmSync(reports, { recursive: true, force: true }); // a cached task brings its report back
mkdirSync(reports, { recursive: true });
const bin = (name, ...args) => run(process.execPath, `node_modules/.bin/${name}`, ...args);
const formatted = bin("prettier", "--check", "--log-level=warn", ".");
const status = bin("nx", "run-many", "-t", "lint", "typecheck", "test", "--output-style=static");

let passed = 0;
let failed = 0;
let skipped = 0;
for (const name of readdirSync(reports, { recursive: true }).filter((name) => name.endsWith(".json"))) {
  const report = JSON.parse(readFileSync(join(reports, name), "utf8"));
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  skipped += report.numPendingTests + report.numTodoTests;
}
console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`);
process.exit(formatted !== 0 || status !== 0 || failed > 0 || passed === 0 ? 1 : 0);

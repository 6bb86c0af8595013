import { chmodSync, copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { lastWords, runQuietly } from "./runQuietly.mjs";
import { sha256Of } from "./sha256Of.mjs";

const prebuilt = fileURLToPath(new URL("./prebuilt/linux-x64/", import.meta.url));

/** Where the npm package looks for its addon: N-API 8, the same file for every Node. */
export const addonPath = join("lib", "napi-v8", "tfjs_binding.node");

/** The sha256 that is recorded beside the compiled addon. @returns {string} */
export function prebuiltSha256() {
  return readFileSync(join(prebuilt, "tfjs_binding.node.sha256"), "utf8").split(" ")[0] ?? "";
}

/** Puts the compiled addon that we ship into the npm package, in one step. @param {string} packageFolder */
export async function placeAddon(packageFolder) {
  const source = join(prebuilt, "tfjs_binding.node");
  const [expected, got] = [prebuiltSha256(), await sha256Of(source)];
  if (got !== expected) {
    throw new Error(`${source} has the wrong sha256: expected ${expected}, got ${got}. Check it out again`);
  }
  await replaceFile(join(packageFolder, addonPath), async (next) => copyFileSync(source, next));
}

/**
 * Compiles the addon from the sources in the npm package: two C++ files on N-API, no node-gyp and no headers of Node.
 * Throws an Error with the compiler's last words, or with what is missing.
 *
 * @param {string} packageFolder
 * @param {string} engineFolder with `include/` and `lib/`
 * @param {string} output
 */
export async function compileAddon(packageFolder, engineFolder, output) {
  const headers = nodeApiHeaders(packageFolder);
  if (headers === undefined)
    throw new Error("compiling the addon needs node-api-headers. Run: npm install -D node-api-headers");
  await replaceFile(output, async (next) => {
    const [command, args] = compileCommand({ headers, engineFolder, output: next });
    const run = await runQuietly(command, args, { cwd: packageFolder }).catch(() => undefined);
    if (run === undefined) throw new Error("there is no g++ to compile the addon. Install g++ 9 or newer");
    if (run.code !== 0) throw new Error(`g++ cannot compile the addon (${lastWords(run.output)})`);
  });
}

/**
 * The one call that compiles and strips the addon, to be run in the npm package's folder; its sources are named
 * relatively, so the result holds no path of the machine.
 *
 * @param {{ headers: string, engineFolder: string, output: string }} paths
 * @returns {[command: string, args: string[]]}
 */
export function compileCommand({ headers, engineFolder, output }) {
  const compile = ["-O2", "-std=c++17", "-fPIC", "-shared", "-s", "-DNAPI_VERSION=8"];
  const include = ["-I", headers, "-I", join(engineFolder, "include"), "-I", "."];
  const sources = ["binding/tfjs_backend.cc", "binding/tfjs_binding.cc", "-o", output];
  const libraries = [`-L${join(engineFolder, "lib")}`, "-l:libtensorflow_cc.so.2", "-l:libtensorflow_framework.so.2"];
  const linker = ["-Wl,--no-as-needed", "-Wl,-rpath,$ORIGIN/../../deps/lib", "-Wl,--build-id=none"];
  return ["g++", [...compile, ...include, ...sources, ...linker, ...libraries]];
}

/** @param {string} packageFolder @returns {string | undefined} */
function nodeApiHeaders(packageFolder) {
  for (const place of [join(packageFolder, "package.json"), import.meta.url]) {
    try {
      return join(dirname(createRequire(place).resolve("node-api-headers/package.json")), "include");
    } catch {
      // The next place may have it.
    }
  }
  return undefined;
}

/** @param {string} path @param {(next: string) => Promise<void>} write */
async function replaceFile(path, write) {
  const next = `${path}.${process.pid}.next`;
  mkdirSync(dirname(path), { recursive: true });
  try {
    await write(next);
    chmodSync(next, 0o755);
    renameSync(next, path);
  } finally {
    rmSync(next, { force: true });
  }
}

/** `node addon.mjs --rebuild`, in a clone that is set up: makes the shipped addon again. */
async function rebuild() {
  const { engineFolder } = await import("./cache.mjs");
  const { engines } = await import("./wheels.mjs");
  const packageFolder = dirname(createRequire(import.meta.url).resolve(`${engines.cpu.package}/package.json`));
  const output = join(prebuilt, "tfjs_binding.node");
  await compileAddon(packageFolder, engineFolder(engines.cpu), output);
  writeFileSync(`${output}.sha256`, `${await sha256Of(output)}  tfjs_binding.node\n`);
  console.log(`${relative(".", output)}: ${statSync(output).size} bytes`);
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url) && process.argv[2] === "--rebuild") {
  await rebuild();
}

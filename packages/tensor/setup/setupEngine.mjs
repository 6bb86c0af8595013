import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { addonPath, compileAddon, placeAddon } from "./addon.mjs";
import { linkEngine } from "./linkEngine.mjs";
import { libraryPath } from "./libraryPath.mjs";
import { ownDownload } from "./ownDownload.mjs";
import { prepareEngine } from "./prepareEngine.mjs";
import { smokeTest } from "./smokeTest.mjs";
import { isSetUp, writeStamp } from "./stamp.mjs";
import { engines } from "./wheels.mjs";

/**
 * Sets up the native engine of a root: the libraries of TensorFlow's wheel under the npm package of TensorFlow.js,
 * with the addon that we ship. Quick, silent and without a child process where there is nothing to do; safe to
 * interrupt and run again.
 *
 * The wheel's way failing, what is already there is tried, then the package's own download. Throws an Error whose
 * message is one line: why, and what to do.
 *
 * @param {object} options
 * @param {string} options.root a folder whose node_modules holds the npm package
 * @param {boolean} [options.gpu] for NVIDIA GPUs: UNTESTED on one
 * @param {(line: string) => void} [options.log] hears one line per phase
 * @param {import("./wheels.mjs").Engine} [options.engine]
 * @param {typeof smokeTest} [options.smoke]
 * @param {number} [options.patience] milliseconds that the package's own download may take
 * @returns {Promise<{ changed: boolean }>}
 */
export async function setupEngine({
  root,
  gpu = false,
  log = () => {},
  engine = gpu ? engines.gpu : engines.cpu,
  smoke = smokeTest,
  patience = 60_000,
}) {
  const packageFolder = findPackage(root, engine.package);
  if (isSetUp(packageFolder, engine)) return { changed: false };
  const works = async (/** @type {string | undefined} */ version) => {
    const env = engine.kind === "gpu" ? { ...process.env, LD_LIBRARY_PATH: libraryPath() } : process.env;
    const problem = await smoke(root, { package: engine.package, version }, { env });
    if (problem !== undefined) throw new Error(`the engine does not work: ${problem}`);
  };

  try {
    writeStamp(packageFolder, engine, await byWheel(engine, packageFolder, works, log));
  } catch (problem) {
    const why = /** @type {Error} */ (problem).message.replace(/\.$/, "");
    if (
      await works(undefined).then(
        () => true,
        () => false,
      )
    ) {
      log(`${why}; keeping the engine that is there`);
      writeStamp(packageFolder, engine, "found");
      return { changed: true };
    }
    log(`${why}; trying ${engine.package}'s own download (a minute at most) ...`);
    try {
      await ownDownload(root, packageFolder, { kind: engine.kind, timeout: patience });
      await works(undefined);
      writeStamp(packageFolder, engine, "own download");
    } catch (second) {
      throw new Error(`no native engine: ${why}; nor by its own download: ${/** @type {Error} */ (second).message}`);
    }
  }
  return { changed: true };
}

/**
 * @param {import("./wheels.mjs").Engine} engine
 * @param {string} packageFolder
 * @param {(version: string) => Promise<void>} works
 * @param {(line: string) => void} log
 * @returns {Promise<"prebuilt" | "compiled">}
 */
async function byWheel(engine, packageFolder, works, log) {
  const unsupported = platformProblem();
  if (unsupported !== undefined) throw new Error(unsupported);
  const folder = await prepareEngine(engine, { log });
  linkEngine(packageFolder, folder);
  await placeAddon(packageFolder);
  log("trying the engine ...");
  try {
    await works(engine.version);
    return "prebuilt";
  } catch (problem) {
    log("the addon that we ship does not work here: compiling it ...");
    await compileAddon(packageFolder, folder, `${packageFolder}/${addonPath}`).catch((second) => {
      throw new Error(`${/** @type {Error} */ (problem).message}; ${second.message}`);
    });
    await works(engine.version);
    return "compiled";
  }
}

/** @param {string} root @param {string} name */
function findPackage(root, name) {
  try {
    return dirname(createRequire(resolve(root, "package.json")).resolve(`${name}/package.json`));
  } catch {
    throw new Error(`${name} is not installed in ${resolve(root)}. Run: npm install --ignore-scripts ${name}@4.22.0`);
  }
}

/** The wheels are for Linux on x64 with glibc. @returns {string | undefined} */
function platformProblem() {
  const { platform, arch } = process;
  const here = `${platform}-${arch}`;
  if (here !== "linux-x64") return `the engine's wheels are for linux-x64 with glibc, and this is ${here}`;
  const report = /** @type {any} */ (process.report.getReport());
  if (!report.header.glibcVersionRuntime) return "the engine's wheels need glibc, and this Linux has another C library";
  return undefined;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const log = (/** @type {string} */ line) => console.error(`nearfar: ${line}`);
  try {
    await setupEngine({ root: ".", gpu: process.argv.includes("--gpu"), log });
  } catch (error) {
    log(/** @type {Error} */ (error).message);
    process.exitCode = 1;
  }
}

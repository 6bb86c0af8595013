import { createWriteStream, existsSync, mkdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fetchUrl, shown } from "./fetchUrl.mjs";
import { pipSettings } from "./pipSettings.mjs";
import { lastWords, runQuietly } from "./runQuietly.mjs";
import { sha256Of } from "./sha256Of.mjs";
import { findInIndex, findInLinks } from "./simpleIndex.mjs";
import { platforms } from "./wheels.mjs";

/** @typedef {import("./wheels.mjs").Wheel} Wheel */

const pips = [["python3", "-m", "pip"], ["pip3"], ["pip"], ["python", "-m", "pip"]];

/**
 * Brings a wheel into a folder and returns its path: by pip if some Python has one, else over HTTPS from where pip's
 * settings point. A sound wheel that already lies there is taken as it is.
 *
 * Whoever delivers it need not be trusted: size and sha256 are ours. Throws an Error that says in one line what each
 * way answered and what to do.
 *
 * @param {Wheel} wheel
 * @param {string} folder
 * @param {{ env?: NodeJS.ProcessEnv, started?: (pid: number) => void }} [options] `started` hears of child processes
 * @returns {Promise<string>}
 */
export async function fetchWheel(wheel, folder, { env = process.env, started = () => {} } = {}) {
  const path = join(folder, wheel.file);
  mkdirSync(folder, { recursive: true });
  if (existsSync(path) && (await wheelProblem(path, wheel)) === undefined) return path;
  const answers = [];
  for (const way of [byPip, byIndex]) {
    rmSync(path, { force: true });
    const problem = await way(wheel, folder, env, started).then(() => wheelProblem(path, wheel), oneLine);
    if (problem === undefined) return path;
    answers.push(problem);
  }
  rmSync(path, { force: true });
  throw new Error(`could not get ${wheel.project} ${wheel.version}: ${answers.join("; ")}`);
}

/**
 * What is wrong with a wheel, in one line with the remedy; undefined if nothing is.
 *
 * @param {string} path
 * @param {Pick<Wheel, "file" | "sha256" | "bytes">} wheel
 * @returns {Promise<string | undefined>}
 */
export async function wheelProblem(path, { file, sha256, bytes }) {
  if (!existsSync(path)) return `${file} did not arrive. Run the setup again`;
  const { size } = statSync(path);
  if (bytes !== undefined && size < bytes) {
    return `${file} is truncated: ${size} of ${bytes} bytes came. Run the setup again`;
  }
  const got = await sha256Of(path);
  if (got === sha256) return undefined;
  return `${file} has the wrong sha256: expected ${sha256}, got ${got}. Run the setup again; if it stays wrong, the index or a proxy serves another file`;
}

/** @param {Wheel} wheel @param {string} folder @param {NodeJS.ProcessEnv} env @param {(pid: number) => void} started */
async function byPip({ project, version }, folder, env, started) {
  const download = ["download", "--no-deps", "--no-cache-dir", "--quiet", "--only-binary=:all:", "--dest", folder];
  const target = ["--python-version", "3.11", "--implementation", "cp", "--abi", "cp311", "--abi", "none"];
  const args = [...download, ...target, ...platforms.flatMap((name) => ["--platform", name]), `${project}==${version}`];
  // pip unpacks in TMPDIR: in our folder it is cleaned up, and on the disk whose space was looked at.
  const settings = { ...env, TMPDIR: folder, PIP_REQUIRE_VIRTUALENV: "0", PIP_DISABLE_PIP_VERSION_CHECK: "1" };
  for (const [command = "", ...first] of pips) {
    const works = await runQuietly(command, [...first, "--version"], { env }).catch(missing);
    if (works.code !== 0) continue;
    const { code, output } = await runQuietly(command, [...first, ...args], { env: settings, started });
    if (code === 0) return;
    throw new Error(`pip failed (${lastWords(output)})`);
  }
  throw new Error("there is no pip");
}

/** @param {Wheel} wheel @param {string} folder @param {NodeJS.ProcessEnv} env */
async function byIndex(wheel, folder, env) {
  const { indexes, links, cert } = pipSettings(env);
  const places = [
    ...links.map((place) => () => findInLinks(place, wheel, { cert })),
    ...indexes.map((index) => () => findInIndex(index, wheel, { cert })),
  ];
  if (indexes.length === 0 && links.length === 0) {
    throw new Error("pip's settings name no index. Install pip, or set PIP_INDEX_URL to a package index");
  }
  const answers = [];
  for (const find of places) {
    try {
      const url = await find();
      if (url === undefined) continue;
      const { body, length } = await fetchUrl(url, { cert });
      await pipeline(body, createWriteStream(join(folder, wheel.file))).catch((error) => {
        throw new Error(
          `${shown(url)} broke off, of ${length ?? "unknown"} bytes (${error.message}). Run the setup again`,
        );
      });
      const problem = await wheelProblem(join(folder, wheel.file), wheel);
      if (problem === undefined) return;
      answers.push(problem);
    } catch (error) {
      answers.push(oneLine(error));
    }
  }
  throw new Error(answers.join("; ") || `${wheel.file} is in none of the places that pip's settings name`);
}

/** @param {unknown} error */
function oneLine(error) {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}

function missing() {
  return { code: null };
}

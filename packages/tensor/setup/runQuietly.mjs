import { spawn } from "node:child_process";

const signals = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);
const kept = 64 * 1024; // characters of output that are remembered

/**
 * Runs a program without showing its output, and takes its whole process group along when this process is told to
 * stop or when the time is over.
 *
 * Rejects only when the program cannot be started (`code` is then "ENOENT" where there is none).
 *
 * @param {string} command
 * @param {string[]} args
 * @param {object} [options]
 * @param {string} [options.cwd]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {number} [options.timeout] in milliseconds
 * @param {(pid: number) => void} [options.started]
 * @returns {Promise<{ code: number | null, signal: string | null, timedOut: boolean, output: string }>}
 */
export function runQuietly(command, args, { cwd, env = process.env, timeout, started = () => {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let timedOut = false;
    const keep = (/** @type {Buffer} */ piece) => (output = (output + piece).slice(-kept));
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);

    const end = () => killGroup(child.pid);
    const timer = timeout === undefined ? undefined : setTimeout(() => ((timedOut = true), end()), timeout);
    const onSignal = (/** @type {NodeJS.Signals} */ signal) => {
      finish();
      end();
      process.kill(process.pid, signal); // again, now that nobody holds it up
    };
    for (const signal of signals) process.once(signal, onSignal);
    const finish = () => {
      clearTimeout(timer);
      for (const signal of signals) process.removeListener(signal, onSignal);
    };
    child.once("spawn", () => started(/** @type {number} */ (child.pid)));
    child.once("error", (error) => (finish(), reject(error)));
    child.once("close", (code, signal) => (finish(), resolve({ code, signal, timedOut, output })));
  });
}

/** The last line that says something, preferring one that names an error. @param {string} output */
export function lastWords(output) {
  const lines = output.split("\n").map((line) => line.trim());
  const said = lines.filter((line) => line !== "" && !line.startsWith("at ")); // not a stack trace
  return said.findLast((line) => /^(npm )?\w*error\b|error: /i.test(line)) ?? said.at(-1) ?? "it said nothing";
}

/** @param {number | undefined} pid */
function killGroup(pid) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

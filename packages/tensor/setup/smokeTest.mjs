import { createRequire } from "node:module";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { lastWords, runQuietly } from "./runQuietly.mjs";

/**
 * Loads a root's engine in a child process, checks its version and the gradients of a 2x2 convolution.
 * Returns the reason why it does not work, in one line, or undefined if it does.
 *
 * @param {string} root a folder whose node_modules holds the package
 * @param {{ package: string, version?: string | undefined }} engine any version, if none is given
 * @param {{ env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<string | undefined>}
 */
export async function smokeTest(root, engine, { env = process.env } = {}) {
  const program = fileURLToPath(import.meta.url);
  const args = [program, resolve(root), engine.package, engine.version ?? ""];
  const settings = { ...env, TF_CPP_MIN_LOG_LEVEL: "2", NODE_OPTIONS: "" };
  const { code, signal, timedOut, output } = await runQuietly(process.execPath, args, {
    env: settings,
    timeout: 120_000,
  });
  if (code === 0) return undefined;
  if (timedOut) return "it did not answer within two minutes";
  if (signal === "SIGILL") return "this processor lacks AVX, which TensorFlow needs (SIGILL)";
  return signal ? `it was ended by ${signal}` : lastWords(output);
}

/** What runs in the child. @param {string} root @param {string} name @param {string} version */
function tryEngine(root, name, version) {
  repairNode23();
  const tf = createRequire(resolve(root, "package.json"))(name);
  const got = tf.backend().binding?.TF_Version ?? "none";
  if (version !== "" && got !== version) throw new Error(`TensorFlow is ${got} instead of ${version}`);

  const input = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
  const filter = tf.ones([2, 2, 1, 1]);
  const gradients = tf.grads((/** @type {any} */ x, /** @type {any} */ w) => tf.conv2d(x, w, 1, "valid").sum());
  const [byInput, byFilter] = gradients([input, filter]);
  // Of a sum of windows: how many windows see an entry, and the sum of what a weight sees.
  expectEqual(byInput.dataSync(), [1, 2, 1, 2, 4, 2, 1, 2, 1]);
  expectEqual(byFilter.dataSync(), [12, 16, 24, 28]);
}

/** @param {ArrayLike<number>} got @param {number[]} expected */
function expectEqual(got, expected) {
  if (String(Array.from(got)) !== String(expected)) {
    throw new Error(`a convolution's gradient is ${Array.from(got)} instead of ${expected}`);
  }
}

/** Node 23 took away two functions that the package calls. */
function repairNode23() {
  const own = /** @type {any} */ (createRequire(import.meta.url)("node:util"));
  own.isNullOrUndefined ??= (/** @type {unknown} */ value) => value === null || value === undefined;
  own.isArray ??= Array.isArray;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    tryEngine(process.argv[2] ?? ".", process.argv[3] ?? "", process.argv[4] ?? "");
  } catch (error) {
    console.error(`error: ${/** @type {Error} */ (error).message.split("\n")[0]}`);
    process.exitCode = 1;
  }
}

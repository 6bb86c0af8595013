import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { lastWords, runQuietly } from "./runQuietly.mjs";

/**
 * The npm package's own way to its library, where ours fails: its install script, which downloads an older TensorFlow
 * and an addon. Behind a firewall it hangs, so it has a minute. Throws an Error with its last words.
 *
 * @param {string} root
 * @param {string} packageFolder
 * @param {{ kind: string, timeout?: number }} options `kind`: the library's kind, in the package's words
 */
export async function ownDownload(root, packageFolder, { kind, timeout = 60_000 }) {
  const script = join(packageFolder, "scripts", "install.js");
  if (!existsSync(script)) throw new Error("the package has no install script");
  const env = { ...process.env, PATH: [join(root, "node_modules", ".bin"), process.env.PATH].join(delimiter) };
  const args = [script, kind, "download"];
  const { code, timedOut, output } = await runQuietly(process.execPath, args, { cwd: packageFolder, env, timeout });
  if (timedOut) throw new Error(`no end within ${timeout / 1000} s`);
  if (code !== 0) throw new Error(lastWords(output));
}

import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

const keys = /** @type {const} */ (["index-url", "extra-index-url", "find-links", "cert", "no-index"]);

/**
 * Where pip would look for a wheel: its settings, read without Python, from its configuration files (machine, user,
 * virtual environment, then PIP_CONFIG_FILE) and from the PIP_* variables, a later one over an earlier one.
 *
 * Only what is named counts: pip's built-in index is pip's own. Source: pip's documentation, "Configuration".
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @param {string} [home]
 * @returns {{ indexes: string[], links: string[], cert: string | undefined }}
 */
export function pipSettings(env = process.env, home = homedir()) {
  /** @type {Record<string, string>} */
  let settings = {};
  for (const file of configurationFiles(env, home)) settings = { ...settings, ...configuration(file) };
  for (const key of keys) {
    const value = env[`PIP_${key.toUpperCase().replaceAll("-", "_")}`];
    if (value) settings[key] = value;
  }
  const list = (/** @type {string | undefined} */ value) => (value ?? "").split(/\s+/).filter((part) => part !== "");
  const offline = /^(1|true|yes|on)$/i.test(settings["no-index"] ?? "");
  return {
    indexes: offline ? [] : [...list(settings["index-url"]), ...list(settings["extra-index-url"])],
    links: list(settings["find-links"]),
    cert: settings["cert"],
  };
}

/** In pip's order, the weakest first. @param {NodeJS.ProcessEnv} env @param {string} home @returns {string[]} */
function configurationFiles(env, home) {
  const named = env.PIP_CONFIG_FILE;
  if (named === "/dev/null") return []; // pip's documented way to read none
  const machine = (env.XDG_CONFIG_DIRS || "/etc/xdg").split(delimiter).reverse();
  return [
    ...machine.map((folder) => join(folder, "pip", "pip.conf")),
    "/etc/pip.conf",
    join(home, ".pip", "pip.conf"),
    join(env.XDG_CONFIG_HOME || join(home, ".config"), "pip", "pip.conf"),
    ...(env.VIRTUAL_ENV ? [join(env.VIRTUAL_ENV, "pip.conf")] : []),
    ...(named ? [named] : []),
  ];
}

/**
 * The settings of one file that concern a download: [download] over [global]. A line that begins with a blank goes
 * on with the value before it. A file that cannot be read has none.
 *
 * @param {string} file
 * @returns {Record<string, string>}
 */
function configuration(file) {
  let text;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return {};
  }
  /** @type {Record<string, Record<string, string>>} */
  const sections = {};
  let section = "";
  let key = "";
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*([#;]|$)/.test(line)) continue;
    const heading = /^\[(.*)\]/.exec(line)?.[1];
    const [, name, value] = /^([^\s=:][^=:]*?)\s*[=:]\s*(.*)$/.exec(line) ?? [];
    const values = (sections[section] ??= {});
    if (heading !== undefined) [section, key] = [heading.trim(), ""];
    else if (/^\s/.test(line)) values[key] = `${values[key] ?? ""}\n${line.trim()}`;
    else if (name !== undefined) values[(key = name.toLowerCase().replaceAll("_", "-"))] = value ?? "";
  }
  return { ...sections["global"], ...sections["download"] };
}

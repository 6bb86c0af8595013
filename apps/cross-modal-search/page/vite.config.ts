import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Everything in files of its own (no inline scripts, styles or data addresses), as the server's Content-Security-Policy wants it.
export default defineConfig({
  root: at("."),
  plugins: [svelte({ configFile: false, compilerOptions: { css: "external" } })],
  build: {
    outDir: at("../dist/page"),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_000,
    rolldownOptions: { input: [at("index.html"), at("map.html")] },
  },
});

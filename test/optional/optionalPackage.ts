import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** A package of this folder, or the reason for which a test that wants it is skipped. */
export function optionalPackage(name: string): { missing: boolean; reason: string; load(): Promise<unknown> } {
  const missing = !existsSync(join(import.meta.dirname, "node_modules", name));
  return {
    missing,
    reason: missing ? `(skipped: ${name} is not there; node test/optional/install.mjs installs it)` : "",
    async load() {
      const { resolve } = createRequire(join(import.meta.dirname, "package.json"));
      const loaded = (await import(pathToFileURL(resolve(name)).href)) as { default?: unknown };
      return loaded.default ?? loaded; // what `import` makes of CommonJS has it all as its default
    },
  };
}

import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { loadEngine, tf } from "@nearfar/tensor";
import { describe, expect, it } from "vitest";

/** What a fresh process prints: an engine is loaded once per process. */
function inProcess(program: string, env: Record<string, string> = {}): string {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const flags = ["--conditions=nearfar-source", "--import", loader, "--input-type=module", "--eval", program];
  return execFileSync(process.execPath, flags, {
    cwd: import.meta.dirname,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
}

describe("loadEngine", () => {
  it("loads TensorFlow 2.18.0, once", () => {
    const engine = loadEngine();
    expect(engine).toMatchObject({ name: "native", version: "2.18.0" }); // the wheel that the setup takes
    expect(loadEngine()).toBe(engine);
    expect(tf.getBackend()).toBe("tensorflow");
  });

  it("refuses an engine that it does not know, and names the fix", () => {
    const program = `import { loadEngine } from "@nearfar/tensor"; try { loadEngine(); } catch (error) { process.stdout.write(error.message); }`;
    expect(inProcess(program, { NEARFAR_ENGINE: "wasm" })).toBe(
      'NEARFAR_ENGINE: the engine is "native"; got "wasm". Unset it, or set NEARFAR_ENGINE=native.',
    );
  });

  it("puts back what Node 23 took from util", () => {
    const program = `
      import { createRequire } from "node:module";
      const util = createRequire(import.meta.url)("node:util");
      delete util.isNullOrUndefined;
      delete util.isArray;
      const { loadEngine, tf } = await import("@nearfar/tensor");
      loadEngine();
      process.stdout.write(String(tf.sum(tf.tensor1d([1, 2, 3])).dataSync()[0]) + (util.isArray([]) && util.isNullOrUndefined(null)));`;
    expect(inProcess(program)).toBe("6true");
  });
});

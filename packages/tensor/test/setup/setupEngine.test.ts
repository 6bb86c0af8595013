import type * as childProcess from "node:child_process";
import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { setupEngine } from "../../setup/setupEngine.mjs";
import { bareMachine, fakeEngine, fakeRoot, indexServer, wheelBytes } from "./fakeEngine.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

vi.mock("node:child_process", async (original) => {
  const real = await original<typeof childProcess>();
  return { ...real, spawn: vi.fn(real.spawn) };
});

const engine = fakeEngine();
const smoke = async () => undefined;

async function machine() {
  const cache = bareMachine();
  const index = await indexServer(engine);
  vi.stubEnv("PIP_INDEX_URL", `${index.url}/simple`);
  return { ...fakeRoot(), ...index, cache, engineFolder: join(cache, "engine", "tensorflow-fake-1.0") };
}

beforeEach(() => void vi.mocked(spawn).mockClear());

describe.runIf(process.platform === "linux" && process.arch === "x64")("setupEngine", () => {
  it("links the wheel's libraries under the npm package, places the addon, and keeps no wheel", async () => {
    const { root, packageFolder, cache, engineFolder } = await machine();
    const lines: string[] = [];
    expect(await setupEngine({ root, engine, smoke, log: (line) => lines.push(line) })).toEqual({ changed: true });
    const library = join(packageFolder, "deps", "lib", "libtensorflow_cc.so.2");
    expect(readlinkSync(library)).toBe(join(engineFolder, "lib", "libtensorflow_cc.so.2"));
    for (const name of ["libtensorflow.so", "libtensorflow.so.2.9.1"]) {
      expect(realpathSync(join(packageFolder, "deps", "lib", name))).toBe(realpathSync(library));
    }
    expect(readFileSync(library).length).toBe(50_000); // the fake library's size
    expect(existsSync(join(packageFolder, "deps", "include", "tensorflow", "c", "c_api.h"))).toBe(true);
    expect(existsSync(join(packageFolder, "lib", "napi-v8", "tfjs_binding.node"))).toBe(true);
    expect(readdirSync(join(cache, "engine"))).toEqual(["tensorflow-fake-1.0"]);
    expect(lines.length).toBeGreaterThan(0);
  });

  it("is silent, asks nobody and starts no process when there is nothing to do", async () => {
    const { root, asked } = await machine();
    await setupEngine({ root, engine, smoke });
    expect(vi.mocked(spawn)).toHaveBeenCalled();
    vi.mocked(spawn).mockClear();
    asked.length = 0;
    const log = vi.fn();
    const never = async () => "the smoke test ran";
    expect(await setupEngine({ root, engine, smoke: never, log })).toEqual({ changed: false });
    expect(log).not.toHaveBeenCalled();
    expect(vi.mocked(spawn)).not.toHaveBeenCalled();
    expect(asked).toEqual([]);
  });

  it("fetches once for two clones, also when they set up at the same time", async () => {
    const { root, asked } = await machine();
    const { root: second } = fakeRoot();
    await Promise.all([root, second].map((root) => setupEngine({ root, engine, smoke })));
    expect(asked.filter((path) => path.startsWith("/files/")).length).toBe(1);
  });

  it("repairs what an interrupted setup left: a partial engine, a wheel, a dead lock, half the links", async () => {
    const { root, packageFolder, cache, engineFolder, asked } = await machine();
    mkdirSync(join(`${engineFolder}.partial`, "lib"), { recursive: true });
    writeFileSync(join(`${engineFolder}.partial`, "lib", "libtensorflow_cc.so.2"), "half");
    mkdirSync(`${engineFolder}.wheels`);
    writeFileSync(join(`${engineFolder}.wheels`, engine.wheels[0]!.file), wheelBytes);
    writeFileSync(join(`${engineFolder}.wheels`, "pip-unpack-left"), "");
    mkdirSync(`${engineFolder}.lock`);
    mkdirSync(join(packageFolder, "deps", "lib", "libtensorflow.so"), { recursive: true });
    await setupEngine({ root, engine, smoke });
    expect(asked).toEqual([]); // the wheel had come whole
    expect(readdirSync(join(cache, "engine"))).toEqual(["tensorflow-fake-1.0"]);
    expect(await setupEngine({ root, engine, smoke })).toEqual({ changed: false });
  });

  it.each([
    ["truncated", (path: string) => writeFileSync(path, "cut"), /has 3 bytes instead of 50000\): building it again/],
    ["missing", (path: string) => rmSync(path), /is missing\): building it again/],
  ])("notices a library of the cache that is %s, and builds it again", async (_, damage, message) => {
    const { root, engineFolder } = await machine();
    await setupEngine({ root, engine, smoke });
    damage(join(engineFolder, "lib", "libtensorflow_cc.so.2"));
    const lines: string[] = [];
    await setupEngine({ root, engine, smoke, log: (line) => lines.push(line) });
    expect(lines[0]).toMatch(message);
    expect(readFileSync(join(engineFolder, "lib", "libtensorflow_cc.so.2")).length).toBe(50_000);
  });

  it("sets up again when the addon was touched", async () => {
    const { root, packageFolder } = await machine();
    await setupEngine({ root, engine, smoke });
    rmSync(join(packageFolder, "lib", "napi-v8", "tfjs_binding.node"));
    expect(await setupEngine({ root, engine, smoke })).toEqual({ changed: true });
  });

  it("says in one line why there is no engine: the wheel's way and the package's own", async () => {
    const { root } = await machine();
    vi.stubEnv("PIP_INDEX_URL", "");
    const broken = async () => "error: no addon";
    const message = await setupEngine({ root, engine, smoke: broken }).catch((error: Error) => error.message);
    expect(message).toBe(
      "no native engine: could not get Tensor.Flow_fake 1.0: there is no pip; pip's settings name no index. " +
        "Install pip, or set PIP_INDEX_URL to a package index; nor by its own download: Error: no network",
    );
  });

  it("gives the package's own download a time, and takes its engine when it works", async () => {
    const { root, packageFolder } = await machine();
    vi.stubEnv("PIP_INDEX_URL", "");
    const script = join(packageFolder, "scripts", "install.js");
    const absent = async () => (existsSync(join(packageFolder, "deps", "lib")) ? undefined : "error: no addon");
    writeFileSync(script, "setInterval(() => {}, 1000)");
    await expect(setupEngine({ root, engine, smoke: absent, patience: 300 })).rejects.toThrow("no end within 0.3 s");
    writeFileSync(
      script,
      `const { mkdirSync, writeFileSync } = require("fs");
       mkdirSync("deps/lib", { recursive: true }); mkdirSync("lib/napi-v8", { recursive: true });
       writeFileSync("deps/lib/libtensorflow.so.2", process.argv.slice(2).join()); writeFileSync("lib/napi-v8/tfjs_binding.node", "");`,
    );
    expect(await setupEngine({ root, engine, smoke: absent })).toEqual({ changed: true });
    expect(readFileSync(join(packageFolder, "deps", "lib", "libtensorflow.so.2"), "utf8")).toBe("cpu,download");
    expect(await setupEngine({ root, engine, smoke: absent })).toEqual({ changed: false });
  });

  it("says how to install the npm package when it is missing, and how much room is needed", async () => {
    const { root, cache } = await machine();
    const greedy = { ...engine, disk: 1e12 }; // an exabyte
    const broken = async () => "error: no addon";
    await expect(setupEngine({ root, engine: greedy, smoke: broken })).rejects.toThrow(
      new RegExp(`tensorflow-fake needs 1000000000000 MB of free space in ${cache}/engine, \\d+ MB there\\. Free some`),
    );
    await expect(setupEngine({ root: temporaryFolder(), engine, smoke })).rejects.toThrow(
      /tfjs-node is not installed in .*\. Run: npm install --ignore-scripts @tensorflow\/tfjs-node@4\.22\.0/,
    );
  });
});

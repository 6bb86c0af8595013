import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const binary = join(import.meta.dirname, "../bin/nearfar.mjs");
const nearfar = (...args: string[]) => promisify(execFile)(process.execPath, [binary, ...args]);

describe("nearfar", () => {
  it("lists its commands, and those of image", async () => {
    const { stdout } = await nearfar("--help");
    for (const name of ["image", "setup", "doctor"]) expect(stdout).toMatch(new RegExp(`^  ${name}\\b`, "m"));
    const image = (await nearfar("image", "--help")).stdout;
    for (const name of ["train", "evaluate", "embed", "preview"])
      expect(image).toMatch(new RegExp(`^  ${name}\\b`, "m"));
  });

  it("prints its version, that of its package.json", async () => {
    const { default: manifest } = (await import("../package.json", { with: { type: "json" } })) as {
      default: { version: string };
    };
    expect((await nearfar("--version")).stdout).toBe(`${manifest.version}\n`);
  });

  it("tells in doctor what there is, and how to repair what is missing", async () => {
    const { stdout } = await nearfar("doctor").catch((error: { stdout: string }) => error);
    expect(stdout).toMatch(/^node\s+v\d+/m);
    expect(stdout).toMatch(/^machine\s+\d+ threads/m);
    expect(stdout).toMatch(/^cache\s+\S/m);
    expect(stdout).toMatch(
      /^engine\s+native: TensorFlow \d+\.\d+\.\d+[^]*^speed\s+\d+ GFLOP\/s|^repair\s+nearfar setup/m,
    );
  });
});

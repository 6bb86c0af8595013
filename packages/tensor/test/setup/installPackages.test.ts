import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { installPackages, packagesAreCurrent } from "../../setup/installPackages.mjs";
import { temporaryFolder } from "./temporaryFolder.ts";

const entry = (version: string) => ({ version, integrity: `sha512-${version}`, resolved: "r" });
const lockOf = (packages: Record<string, object>) =>
  JSON.stringify({ packages: { "": { name: "root" }, ...packages } });

function root(lock: string, record?: string): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "node_modules"));
  writeFileSync(join(folder, "package-lock.json"), lock);
  if (record !== undefined) writeFileSync(join(folder, "node_modules", ".package-lock.json"), record);
  return folder;
}

function fakeNpm(script: string): void {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "npm"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, "npm"), 0o755);
  vi.stubEnv("PATH", folder);
  onTestFinished(() => void vi.unstubAllEnvs());
}

describe("packagesAreCurrent", () => {
  const lock = lockOf({
    "node_modules/a": entry("1"),
    "node_modules/b": { ...entry("1"), optional: true },
    "node_modules/c": { ...entry("1"), extraneous: true },
  });

  it("believes npm's own record when somebody installed by hand, optional and extraneous packages aside", () => {
    expect(packagesAreCurrent(root(lock, JSON.stringify({ packages: { "node_modules/a": entry("1") } })))).toBe(true);
    expect(packagesAreCurrent(root(lock, JSON.stringify({ packages: { "node_modules/a": entry("2") } })))).toBe(false);
    expect(packagesAreCurrent(root(lock, JSON.stringify({ packages: {} })))).toBe(false);
    expect(packagesAreCurrent(root(lock, "{"))).toBe(false);
    expect(packagesAreCurrent(root(lock))).toBe(false);
  });

  it("sees that the lock changed after our install", async () => {
    const folder = root(lock);
    fakeNpm(`echo "$@" "$npm_config_workspace" > asked`);
    vi.stubEnv("npm_config_workspace", "packages/a"); // as in `npm test --workspace packages/a`
    await installPackages(folder);
    expect(readFileSync(join(folder, "asked"), "utf8").trim()).toMatch(/^ci --ignore-scripts .*--loglevel=error$/);
    expect(packagesAreCurrent(folder)).toBe(true);
    writeFileSync(join(folder, "package-lock.json"), lockOf({ "node_modules/a": entry("2") }));
    expect(packagesAreCurrent(folder)).toBe(false);
  });

  it("notes nothing when npm fails, and says why", async () => {
    const folder = root(lock);
    fakeNpm("echo 'npm error code E404' >&2; exit 1");
    await expect(installPackages(folder)).rejects.toThrow("npm ci failed (npm error code E404). Run: npm ci");
    expect(existsSync(join(folder, "node_modules", ".nearfar-lock"))).toBe(false);
  });
});

#!/usr/bin/env node
// Everything that a fresh clone needs: the packages, then the native engine. Plain Node, before anything is installed.
// Silent and quick where there is nothing to do; safe to interrupt and run again.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { folderLock } from "../packages/tensor/setup/folderLock.mjs";
import { installPackages, packagesAreCurrent } from "../packages/tensor/setup/installPackages.mjs";
import { setupEngine } from "../packages/tensor/setup/setupEngine.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const log = (/** @type {string} */ line) => console.error(`nearfar: ${line}`);

try {
  if (!packagesAreCurrent(root)) await packages();
  await engine();
} catch (error) {
  log(/** @type {Error} */ (error).message);
  process.exitCode = 1;
}

async function packages() {
  const waiting = (/** @type {number} */ pid) => log(`waiting for the setup of process ${pid} ...`);
  const lock = await folderLock(join(root, ".nx", "setup.lock"), { waiting });
  try {
    if (packagesAreCurrent(root)) return; // another setup did it meanwhile
    log("installing packages (about a minute) ...");
    await installPackages(root, { started: lock.add });
  } finally {
    lock.release();
  }
}

/** Without the native engine the rest can go on, more slowly, unless it was asked for by name. */
async function engine() {
  try {
    await setupEngine({ root, gpu: process.argv.includes("--gpu"), log });
  } catch (error) {
    if (process.env.NEARFAR_ENGINE === "native") throw error;
    log(/** @type {Error} */ (error).message);
  }
}

// Installs what this folder's package-lock.json asks for, once: silent and quick where it is there. Needs the registry, so `npm test` does not call it.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { folderLock } from "../../packages/tensor/setup/folderLock.mjs";
import { installPackages, packagesAreCurrent } from "../../packages/tensor/setup/installPackages.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));

if (!packagesAreCurrent(here)) {
  const lock = await folderLock(join(here, "../../.nx/optional.lock"));
  try {
    if (!packagesAreCurrent(here)) {
      console.error("nearfar: installing the optional packages that tests use (about a minute, 1 GB) ...");
      await installPackages(here, { started: lock.add });
    }
  } catch (error) {
    console.error(`nearfar: ${/** @type {Error} */ (error).message}`);
    process.exitCode = 1;
  } finally {
    lock.release();
  }
}

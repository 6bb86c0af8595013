import { lstatSync, mkdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { dirname } from "node:path";

/** Makes a symbolic link, in one step over the file or link that was there. @param {string} path @param {string} target */
export function replaceLink(path, target) {
  const next = `${path}.${process.pid}.next`;
  mkdirSync(dirname(path), { recursive: true });
  rmSync(next, { force: true });
  symlinkSync(target, next);
  if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) rmSync(path, { recursive: true });
  renameSync(next, path);
}

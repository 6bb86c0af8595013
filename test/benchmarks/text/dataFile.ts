import { join } from "node:path";
import { dataFolder } from "../dataFolder.ts";
import { dataSets } from "./dataSets.ts";

/** The path of a set of texts. Throws Skipped where it is missing. */
export function dataFile(name: keyof typeof dataSets): string {
  return join(dataFolder(dataSets[name]), dataSets[name]);
}

import { dataFile } from "./dataFile.ts";

/** The tasks that several measurements share, as `nearfar text evaluate` takes them. */
export const tasks = {
  stsbDev: () => `sts:${dataFile("stsb")}?split=dev`,
  stsbTest: () => `sts:${dataFile("stsb")}?split=test`,
  scifact: () => `retrieval:${dataFile("scifact")}`,
} as const;

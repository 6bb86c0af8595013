import { readFileSync } from "node:fs";

/** The JSON of a file in `test/golden/`, whose README says where each value comes from. */
export function golden<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../../test/golden/${name}`, import.meta.url), "utf8")) as T;
}

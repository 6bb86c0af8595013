import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The JSON of a file in `test/golden/`, whose README says where each value comes from. */
export function golden<T>(name: string): T {
  return JSON.parse(readFileSync(join(import.meta.dirname, "../../../test/golden", name), "utf8")) as T;
}

import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomic } from "@nearfar/formats";
import { renderResults } from "./renderResults.ts";
import type { Result } from "./result.ts";

/**
 * Stores a result in `results/<name>.json` under `folder` and writes RESULTS.md anew from all of them, in the order of `names`.
 *
 * A quick trial never takes the place of a figure. Returns whether it was stored.
 */
export async function storeResult(folder: string, result: Result, names: readonly string[]): Promise<boolean> {
  const results = join(folder, "results");
  await mkdir(results, { recursive: true });
  const write = (path: string, text: string) => writeFileAtomic(path, Buffer.from(text));
  const before = await readResults(folder);
  if (result.quick && before.some(({ name, quick }) => name === result.name && !quick)) return false;
  await write(join(results, `${result.name}.json`), `${JSON.stringify(result, onOneLine, 2).replace(MARKED, "$1")}\n`);
  const stored = [...before.filter(({ name }) => name !== result.name), result];
  const place = ({ name }: Result) => names.indexOf(name);
  await write(join(folder, "RESULTS.md"), renderResults(stored.sort((a, b) => place(a) - place(b))));
  return true;
}

/** The stored results of a folder. */
export async function readResults(folder: string): Promise<Result[]> {
  const files = await readdir(join(folder, "results")).catch(() => []);
  const json = files.filter((file) => file.endsWith(".json"));
  return Promise.all(
    json.map(async (file) => JSON.parse(await readFile(join(folder, "results", file), "utf8")) as Result),
  );
}

/** Lists of numbers stay on one line, for whoever reads the difference of two results. */
function onOneLine(_: string, value: unknown): unknown {
  const numbers = Array.isArray(value) && value.every((item) => typeof item === "number");
  return numbers ? `@numbers[${value.join(", ")}]` : value;
}
const MARKED = /"@numbers(\[[^"]*\])"/g;

import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { fileError } from "@nearfar/formats";
import { createRun, fingerprint, openRun, type Fingerprint, type OpenRun } from "@nearfar/runs";
import type { Settings } from "./settings.ts";

/** The run directory of a training: a new one, or, `again`, the one that was begun with the same settings and files. */
export async function openTextRun(
  dir: string,
  settings: Settings,
  { again, files }: { again: boolean; files: readonly string[] },
): Promise<OpenRun> {
  const configuration = settings as unknown as Parameters<typeof createRun>[1];
  const data = await dataOf(files);
  return again ? openRun(dir, { expected: configuration, data }) : createRun(dir, configuration, { data });
}

/** Names and sizes: a file of 5 GB is not read twice to know it again. */
async function dataOf(files: readonly string[]): Promise<Fingerprint> {
  const items = files.map(async (file) => {
    const { size } = await stat(file).catch((error: unknown) => {
      throw fileError(file, error);
    });
    return `${basename(file)} ${size}`;
  });
  return fingerprint(await Promise.all(items));
}

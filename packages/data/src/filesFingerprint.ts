import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { fileError } from "@nearfar/formats";

/** A hash of the files' paths, sizes and times of change and of `parts` (a tokenizer's hash, options): what a cache was made of. */
export async function filesFingerprint(files: readonly string[], parts: readonly unknown[] = []): Promise<string> {
  const seen = await Promise.all(
    files.map(async (file) => {
      const { size, mtimeMs } = await stat(file).catch((error: unknown) => {
        throw fileError(file, error);
      });
      return [resolve(file), size, mtimeMs];
    }),
  );
  return createHash("sha256")
    .update(JSON.stringify([seen, parts]))
    .digest("hex");
}

import { openForReading } from "./openForReading.ts";
import { parseJsonLine } from "./parseJsonLine.ts";
import { splitLines } from "./splitLines.ts";
import { unpackedChunks } from "./unpackedChunks.ts";
import { UserError } from "./userError.ts";

export interface ReadJsonLinesOptions {
  /** Ignore a last line that a crash cut off: one without a newline that is no whole object. */
  tolerateCutEnd?: boolean;
  maxLineBytes?: number;
}

/**
 * The values of a JSON Lines file, one a line, by stream; gzipped if its name ends with `.gz`. Blank lines are passed over.
 * A line that is not valid JSON (or UTF-8), or is too long, is a `UserError` that names file and line: `log.jsonl:3: ...`.
 */
export async function* readJsonLines(
  path: string,
  { tolerateCutEnd = false, maxLineBytes = 64 * 2 ** 20 }: ReadJsonLinesOptions = {},
): AsyncGenerator<unknown, void, undefined> {
  const chunks = unpackedChunks(await openForReading(path), path.toLowerCase().endsWith(".gz"));
  const lines = splitLines(chunks, path, { maxLineBytes });
  try {
    for await (const { bytes, number, whole } of lines) {
      let value: unknown;
      try {
        value = parseJsonLine(bytes, `${path}:${number}`);
      } catch (error) {
        if (tolerateCutEnd && !whole) return;
        throw error;
      }
      if (value === undefined) continue;
      // `12` may be what is left of `123`; an object that closes is whole.
      if (tolerateCutEnd && !whole && (typeof value !== "object" || value === null)) return;
      yield value;
    }
  } catch (error) {
    if (error instanceof Error && "code" in error && /^Z_/.test(String(error.code))) {
      throw new UserError(`${path}: not gzip, damaged or cut off: ${error.message}`);
    }
    throw error;
  }
}

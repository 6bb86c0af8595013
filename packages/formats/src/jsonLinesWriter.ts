import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { fileError } from "./fileError.ts";
import { parseJsonLine } from "./parseJsonLine.ts";
import { splitLines } from "./splitLines.ts";

export interface JsonLinesWriterOptions {
  /** Existing lines are kept up to the first of which this is false: a run that is resumed drops what it will log again. */
  keepWhile?: (value: unknown) => boolean;
}

/** Appends values to a JSON Lines file, each as one line that reaches the file at once. Await each call before the next. */
export class JsonLinesWriter {
  readonly #handle: FileHandle;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /**
   * Opens or creates the file. A last line that a crash cut off is removed, and with `keepWhile` all that follows the
   * lines to keep; a line before these that is not JSON is a `UserError`.
   */
  static async open(path: string, { keepWhile }: JsonLinesWriterOptions = {}): Promise<JsonLinesWriter> {
    const handle = await open(path, "a+").catch((error: unknown) => {
      throw fileError(path, error);
    });
    try {
      let end = 0;
      for await (const line of splitLines(chunksOf(handle), path, { maxLineBytes: 64 * 2 ** 20 })) {
        if (!line.whole) break;
        if (keepWhile && !keepWhile(parseJsonLine(line.bytes, `${path}:${line.number}`))) break;
        end = line.end;
      }
      await handle.truncate(end);
      return new JsonLinesWriter(handle);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Appends one line: `JSON.stringify(value)`, in which a number that is not finite becomes null. */
  async write(value: unknown): Promise<void> {
    await this.#handle.appendFile(`${JSON.stringify(value)}\n`);
  }

  /** Returns when everything written is on the disk. */
  async sync(): Promise<void> {
    await this.#handle.datasync();
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

/** Not a stream of the handle: one that is left early closes it. */
async function* chunksOf(handle: FileHandle): AsyncGenerator<Uint8Array> {
  for (let at = 0; ;) {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2 ** 16), 0, 2 ** 16, at);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}

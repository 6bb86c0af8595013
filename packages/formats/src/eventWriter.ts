import { mkdir, open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { encodeEvent } from "./encodeEvent.ts";
import { fileError } from "./fileError.ts";
import { frameRecord } from "./frameRecord.ts";

export interface EventWriterOptions {
  /** A resumed run: TensorBoard drops what older files of the folder say of this step and later ones. */
  resumeStep?: number;
  /** Seconds since 1970. */
  wallTime?: number;
}

/**
 * Writes scalars as TensorBoard reads them: TFRecords of `Event` messages in `events.out.tfevents.<seconds>.<host>`.
 *
 * TensorBoard reads all event files of a folder, so a run that is resumed opens a new one with `resumeStep` and leaves
 * the older ones alone. Await each call before the next.
 */
export class EventWriter {
  readonly path: string;
  readonly #handle: FileHandle;

  private constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.#handle = handle;
  }

  /** Creates the folder if need be, and a new file in it. A folder that cannot be written to is a `UserError`. */
  static async open(
    folder: string,
    { resumeStep, wallTime = Date.now() / 1000 }: EventWriterOptions = {},
  ): Promise<EventWriter> {
    try {
      await mkdir(folder, { recursive: true });
      const [path, handle] = await create(join(folder, `events.out.tfevents.${Math.floor(wallTime)}.${hostname()}`));
      const writer = new EventWriter(path, handle);
      await writer.#append(encodeEvent({ wallTime, fileVersion: "brain.Event:2" }));
      if (resumeStep !== undefined) await writer.#append(encodeEvent({ wallTime, step: resumeStep, restart: true }));
      return writer;
    } catch (error) {
      throw fileError(folder, error);
    }
  }

  /** Appends one event with a value (float32) for each tag, such as `{ "train/loss": 5.5 }`. */
  async scalar(step: number, tags: Readonly<Record<string, number>>, wallTime = Date.now() / 1000): Promise<void> {
    await this.#append(encodeEvent({ wallTime, step, tags }));
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  async #append(event: Uint8Array): Promise<void> {
    await this.#handle.appendFile(frameRecord(event));
  }
}

/** A file of its own, also for two runs of the same second. */
async function create(name: string): Promise<[string, FileHandle]> {
  for (let n = 0; ; n++) {
    const path = n === 0 ? name : `${name}.${n}`;
    try {
      return [path, await open(path, "ax")];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

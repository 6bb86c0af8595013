import { UserError } from "@nearfar/formats";
import { classes } from "./classes.ts";
import type { ImageSet } from "./imageSet.ts";

/** What to take from CIFAR-10's files: `part` is `train`, `test` or empty; `from` is named in errors. */
export interface OpenCifarOptions {
  readonly name: string;
  readonly part: string;
  readonly from: string;
}

/** Whether a file is one of CIFAR-10's binary version. */
export function isCifarFile(file: string): boolean {
  return isBatch(file) || file === NAMES;
}

/**
 * The pictures of CIFAR-10's binary files, given by file name, in the order of their records: 32x32, decoded.
 *
 *     record = label [1], red [1024], green [1024], blue [1024]
 *
 * Without a `part`: the training batches where there are any, else the test batch. Labels are the lines of `batches.meta.txt`,
 * else "0" to "9". Throws UserError for a file that is not whole records, and for a part that is not there.
 * Source: "Binary version" on the CIFAR-10 page, Krizhevsky 2009.
 */
export function openCifar(files: ReadonlyMap<string, Uint8Array>, { name, part, from }: OpenCifarOptions): ImageSet {
  const names = labelNames(files.get(NAMES));
  const batches = batchesOf([...files.keys()], part);
  if (batches.length === 0)
    throw new UserError(`${from}: no CIFAR-10 batches for "${part}" here. Name train or test after the #, or neither.`);
  const total = batches.reduce((sum, batch) => sum + recordsIn(files.get(batch)!, `${from}: ${batch}`), 0);
  const buffer = new SharedArrayBuffer(total * PIXELS);
  const pixels = new Uint8Array(buffer);
  const items: { path: string; label: string }[] = [];
  for (const batch of batches) {
    const bytes = files.get(batch)!;
    for (let record = 0; record * RECORD < bytes.length; record++) {
      const label = bytes[record * RECORD]!;
      if (label > 9)
        throw new UserError(
          `${from}: ${batch}: record ${record} has label ${label}, above 9. Is it CIFAR-10's binary version?`,
        );
      interleave(bytes.subarray(record * RECORD + 1, (record + 1) * RECORD), pixels.subarray(items.length * PIXELS));
      items.push({ path: `${batch}#${record}`, label: names[label] ?? String(label) });
    }
  }
  const side = new Uint32Array(total).fill(32);
  const offsets = Float64Array.from({ length: total + 1 }, (_, i) => i * PIXELS);
  return {
    name,
    items,
    labels: classes(items),
    source: { kind: "pixels", buffer, offsets, widths: side, heights: side },
  };
}

const NAMES = "batches.meta.txt";
const PIXELS = 3 * 32 * 32;
const RECORD = 1 + PIXELS;

function isBatch(file: string): boolean {
  return /^(data_batch_\d+|test_batch)\.bin$/.test(file);
}

function batchesOf(files: readonly string[], part: string): string[] {
  const batches = files.filter(isBatch).sort();
  const train = batches.filter((batch) => batch.startsWith("data_"));
  const test = batches.filter((batch) => batch.startsWith("test_"));
  if (part === "") return train.length > 0 ? train : test;
  return part === "train" ? train : part === "test" ? test : [];
}

function recordsIn(bytes: Uint8Array, where: string): number {
  if (bytes.length > 0 && bytes.length % RECORD === 0) return bytes.length / RECORD;
  throw new UserError(
    `${where}: CIFAR-10's records have ${RECORD} bytes; this file has ${bytes.length}. Is it whole, and not CIFAR-100?`,
  );
}

function labelNames(meta: Uint8Array = new Uint8Array(0)): string[] {
  const lines = new TextDecoder().decode(meta.subarray(0, 4096)).split(/\r?\n/);
  return lines.map((line) => line.trim()).filter((line) => line !== "");
}

/** Three planes of 1024 -> 1024 pixels of three. */
function interleave(planes: Uint8Array, pixels: Uint8Array): void {
  for (let i = 0; i < 1024; i++) for (let c = 0; c < 3; c++) pixels[3 * i + c] = planes[1024 * c + i]!;
}

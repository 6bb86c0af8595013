import { UserError } from "@nearfar/formats";
import { limits } from "./limits.ts";
import { readInto } from "./readInto.ts";
import type { FileHandle } from "node:fs/promises";
import type { IndexLayout } from "./indexLayout.ts";

/** The ids of these rows of an index file, "" for row -1, each read by itself; RangeError for a row that it has not. */
export async function indexIds(
  handle: FileHandle,
  { rows, idBytes, idEnds, ids }: IndexLayout,
  wanted: Int32Array | readonly number[],
  path: string,
): Promise<string[]> {
  const one = async (row: number): Promise<string> => {
    if (row === -1) return "";
    if (!Number.isInteger(row) || row < 0 || row >= rows)
      throw new RangeError(`ids: a row is a whole number below ${rows}; got ${row}.`);
    const ends = new BigUint64Array(2); // of the row before, of this row
    const bytes = new Uint8Array(ends.buffer, row === 0 ? 8 : 0);
    await readInto(handle, bytes, { at: idEnds.at + 8 * (row + 1) - bytes.length, path });
    const [begin, end] = [Number(ends[0]), Number(ends[1])];
    if (!(begin <= end && end <= idBytes && end - begin <= limits.idBytes))
      throw new UserError(
        `${path}: the id of row ${row} goes from byte ${begin} to ${end} of ${idBytes}. The file is damaged.`,
      );
    const text = new Uint8Array(end - begin);
    await readInto(handle, text, { at: ids.at + begin, path });
    return Buffer.from(text).toString();
  };
  return Promise.all(Array.from(wanted, one));
}

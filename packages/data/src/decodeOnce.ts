import { checkReadable } from "./checkReadable.ts";
import { classes } from "./classes.ts";
import type { Decoded, DecodeRequest } from "./decodeChunk.ts";
import type { ImageItem, ImageSet } from "./imageSet.ts";
import { pack } from "./pack.ts";
import type { Pool } from "./pool.ts";
import { prefetch } from "./prefetch.ts";
import type { UnreadableItem } from "./unreadable.ts";

export interface DecodeOnceOptions {
  /** Pixels of a side; a set with a larger picture is not decoded ahead. */
  readonly maxSide?: number;
  /** Bytes of all decoded pictures; a set that needs more is not decoded ahead. */
  readonly maxBytes?: number;
}

/**
 * Decodes small pictures once, by a pool of `decodeChunk`, into a set whose source is `pixels`.
 *
 * Pictures that cannot be read are left out and returned beside it. A set with a picture above `maxSide`, one above `maxBytes`, and
 * one that is decoded already come back as they were. Throws UserError when more than 10 % cannot be read.
 */
export async function decodeOnce(
  set: ImageSet,
  decoder: Pool<DecodeRequest, readonly Decoded[]>,
  { maxSide = 64, maxBytes = 2e9 }: DecodeOnceOptions = {},
): Promise<{ set: ImageSet; unreadable: readonly UnreadableItem[] }> {
  const unchanged = { set, unreadable: [] };
  if (set.source.kind === "pixels") return unchanged;
  const items: ImageItem[] = [];
  const parts: Uint8Array[] = [];
  const widths: number[] = [];
  const heights: number[] = [];
  const unreadable: UnreadableItem[] = [];
  let bytes = 0;
  /** Whether the pictures are still all small. */
  const take = (decoded: readonly Decoded[], begin: number): boolean => {
    for (const [i, picture] of decoded.entries()) {
      const item = set.items[begin + i]!;
      if ("larger" in picture) return false;
      if ("reason" in picture) {
        unreadable.push({ path: item.path, reason: picture.reason });
        continue;
      }
      items.push(item);
      parts.push(picture.data);
      widths.push(picture.width);
      heights.push(picture.height);
      bytes += picture.data.length;
    }
    checkReadable(unreadable, set.items.length);
    return bytes <= maxBytes;
  };
  const requests = chunks(set.items.length, maxSide);
  // The first few alone: where pictures are large nothing more is decoded in vain.
  const [probe, ...rest] = requests;
  if (!probe || !take(await decoder.run(probe), 0)) return unchanged;
  if ((bytes / Math.max(1, items.length)) * set.items.length > 2 * maxBytes) return unchanged;
  let begin = probe.indices.length;
  for await (const decoded of prefetch(decoder, rest, { ahead: 2 * Math.max(1, decoder.workers) })) {
    if (!take(decoded, begin)) return unchanged;
    begin += decoded.length;
  }
  const source = {
    kind: "pixels",
    ...pack(parts),
    widths: Uint32Array.from(widths),
    heights: Uint32Array.from(heights),
  } as const;
  return { set: { name: set.name, items, labels: classes(items), source }, unreadable };
}

const PROBE = 8;
const CHUNK = 64;

function chunks(length: number, maxSide: number): DecodeRequest[] {
  const requests: DecodeRequest[] = [];
  for (let begin = 0, size = PROBE; begin < length; begin += size, size = CHUNK)
    requests.push({
      indices: Uint32Array.from({ length: Math.min(size, length - begin) }, (_, i) => begin + i),
      maxSide,
    });
  return requests;
}

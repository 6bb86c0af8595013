import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { readSafetensorsFile, UserError, writeSafetensorsFile, type Image, type NamedArray } from "@nearfar/formats";
import type { PairItem, PairSet } from "./pairSet.ts";
import { readSource } from "./readSource.ts";

export interface DrawOnceOptions {
  /** The side of the square pictures that `draw` gives, in pixels. */
  readonly side: number;
  /** A folder in which the pixels are kept; without it they are drawn again each time. */
  readonly cache?: string | undefined;
}

/**
 * Draws all pictures of a set as squares of pixels, once: the result's source is `pixels`, in memory that worker threads share.
 *
 * `draw` is given the encoded bytes; it runs in this thread and is not asked again where the cache holds the pictures of these bytes at
 * this side. For the SVG of icons it is `(svg) => decodeImage(svg, { svg: true, size: side })`. A picture that it refuses with a
 * UserError, or that is no square of this side, is left out and counted.
 */
export async function drawOnce<Item extends PairItem>(
  set: PairSet<Item>,
  draw: (bytes: Uint8Array) => Promise<Image>,
  { side, cache }: DrawOnceOptions,
): Promise<PairSet<Item>> {
  const path = cache === undefined ? undefined : join(cache, `${await fingerprint(set)}-${side}.safetensors`);
  const known = path !== undefined && existsSync(path) ? await readCached(path, set.items.length, side) : undefined;
  const { pixels, kept } = known ?? (await drawAll(set, draw, side));
  if (path !== undefined && known === undefined) {
    await mkdir(cache!, { recursive: true });
    const shape = [kept.length, side, side, 3];
    await writeSafetensorsFile(
      path,
      new Map<string, NamedArray>([
        ["pixels", { dtype: "U8", shape, data: pixels }],
        ["kept", { dtype: "I32", shape: [kept.length], data: kept }],
      ]),
    );
  }
  const left = set.items.length - kept.length;
  const sides = new Uint32Array(kept.length).fill(side);
  return {
    ...set,
    description: left === 0 ? set.description : `${set.description}\npassed over, picture unreadable: ${left}`,
    items: Array.from(kept, (i) => set.items[i]!),
    source: {
      kind: "pixels",
      buffer: shared(pixels),
      offsets: Float64Array.from({ length: kept.length + 1 }, (_, i) => i * side * side * 3),
      widths: sides,
      heights: sides,
    },
    damaged:
      left === 0
        ? set.damaged
        : { ...set.damaged, "picture unreadable": (set.damaged["picture unreadable"] ?? 0) + left },
  };
}

interface Drawn {
  /** [kept, side, side, 3] */
  readonly pixels: Uint8Array;
  /** The pictures that could be drawn, by their index. */
  readonly kept: Int32Array;
}

// The decoder's threads work side by side; more at a time would only wait.
const TOGETHER = 64;

async function drawAll({ source, items }: PairSet, draw: (bytes: Uint8Array) => Promise<Image>, side: number) {
  const length = side * side * 3;
  const pixels = new Uint8Array(items.length * length);
  const kept: number[] = [];
  for (let begin = 0; begin < items.length; begin += TOGETHER) {
    const group = items.slice(begin, begin + TOGETHER).map((_, i) => begin + i);
    const drawn = await Promise.all(group.map(async (i) => drawOne(await readSource(source, i), draw)));
    for (const [i, image] of drawn.entries()) {
      if (image?.width !== side || image.height !== side) continue;
      pixels.set(image.data, kept.length * length);
      kept.push(begin + i);
    }
  }
  return { pixels: pixels.subarray(0, kept.length * length), kept: Int32Array.from(kept) };
}

async function drawOne(read: Uint8Array | Image, draw: (bytes: Uint8Array) => Promise<Image>) {
  if (!(read instanceof Uint8Array)) return read;
  try {
    return await draw(read);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** What a cache holds, where it fits this set; else it is drawn anew. */
async function readCached(path: string, count: number, side: number): Promise<Drawn | undefined> {
  try {
    const { tensors } = await readSafetensorsFile(path);
    const [pixels, kept] = [tensors.get("pixels")?.data, tensors.get("kept")?.data];
    if (!(pixels instanceof Uint8Array && kept instanceof Int32Array)) return undefined;
    const fits = pixels.length === kept.length * side * side * 3 && kept.every((i) => i >= 0 && i < count);
    return fits ? { pixels, kept } : undefined;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** A hash of the pictures' bytes, in order. */
async function fingerprint({ source, items }: PairSet): Promise<string> {
  const hash = createHash("sha256");
  for (const i of items.keys()) {
    const read = await readSource(source, i);
    const data = read instanceof Uint8Array ? read : read.data;
    hash.update(`${data.length} `).update(data);
  }
  return hash.digest("hex").slice(0, 16);
}

function shared(bytes: Uint8Array): SharedArrayBuffer {
  const buffer = new SharedArrayBuffer(bytes.length);
  new Uint8Array(buffer).set(bytes);
  return buffer;
}

import type { Image } from "@nearfar/formats";
import type { ImageSource } from "./imageSource.ts";
import { readPicture } from "./readPicture.ts";
import { readSource } from "./readSource.ts";

/** Pictures to decode, by index, and the side in pixels above which one is only named as larger. */
export interface DecodeRequest {
  readonly indices: Uint32Array;
  readonly maxSide: number;
}

/** A picture, or why there is none. */
export type Decoded = Image | { readonly reason: string } | { readonly larger: true };

/**
 * What a worker does for `decodeOnce`: reads and decodes some pictures of a source, in order, up to the first that is too large.
 *
 * A picture that cannot be read or decoded gives its reason in place; other errors are thrown. A pool's module wraps it:
 * `export const decoder = ({ source }) => (request) => decodeChunk(source, request, decodeImage)`.
 */
export async function decodeChunk(
  source: ImageSource,
  { indices, maxSide }: DecodeRequest,
  decode: (bytes: Uint8Array) => Promise<Image>,
): Promise<readonly Decoded[]> {
  const decoded: Decoded[] = [];
  for (let begin = 0; begin < indices.length; begin += TOGETHER) {
    const group = Array.from(indices.subarray(begin, begin + TOGETHER));
    decoded.push(...(await Promise.all(group.map((index) => decodeOne(source, index, { maxSide, decode })))));
    if (decoded.some((picture) => "larger" in picture)) break;
  }
  return decoded;
}

// Decoders work in threads of their own; more at a time would only hold more large pictures in memory.
const TOGETHER = 4;

interface DecodeOneOptions {
  readonly maxSide: number;
  readonly decode: (bytes: Uint8Array) => Promise<Image>;
}

async function decodeOne(source: ImageSource, index: number, { maxSide, decode }: DecodeOneOptions): Promise<Decoded> {
  const image = await readPicture(() => readSource(source, index), decode);
  if ("reason" in image) return image;
  return image.width > maxSide || image.height > maxSide ? { larger: true } : image;
}

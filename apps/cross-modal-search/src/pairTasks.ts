import {
  decodeChunk,
  readPicture,
  readSource,
  type Decoded,
  type DecodeRequest,
  type ImageSource,
} from "@nearfar/data";
import { UserError, type Image, type Preprocessing } from "@nearfar/formats";
import { decodeImage, normalize, preprocess, simclrViews } from "@nearfar/image-augmentation";
import { integer, key, type Key } from "@nearfar/random";
import { pictureView } from "./pictureView.ts";
import type { ViewSettings } from "./settings.ts";

/** Which pictures: numbers of a source, or the pictures themselves as they are encoded. */
export type Pictures = { readonly indices: Uint32Array } | { readonly pictures: readonly Uint8Array[] };

/** Rows of pictures, each `size · size · 3` numbers, and the pictures that could not be read. */
export interface Rows {
  readonly data: Float32Array;
  readonly failures: readonly { readonly index: number; readonly reason: string }[];
}

/** The views of a step. */
export interface Views extends Rows {
  /** Which picture each row is of: the one that was asked for, or the one that stands in for it. */
  readonly used: Uint32Array;
  /** Two more views of each for SimCLR's loss, `[2n, size, size, 3]`, all left ones first. */
  readonly pairs?: Float32Array;
}

export interface TaskOptions {
  /** Not of streamed pictures. */
  readonly source?: ImageSource;
  readonly preprocessing: Preprocessing;
}

export interface ViewsOptions extends TaskOptions {
  /** Pictures in the source. */
  readonly count: number;
  readonly seed: number;
  readonly views: ViewSettings;
  /** Whether SimCLR's views are wanted too. */
  readonly pairs: boolean;
}

/** A pool's task: decodes some pictures of a source. */
export const decoder =
  ({ source }: { source: ImageSource }) =>
  (request: DecodeRequest): Promise<readonly Decoded[]> =>
    decodeChunk(source, request, decodeImage);

/**
 * A pool's task: a view of each picture of a step, `[n, size, size, 3]`.
 *
 * The view of row i in step s draws from the seed, "views", s and i: never from the worker or the moment. A picture that cannot be read is
 * replaced by another one, drawn in the same way, and named.
 */
export function views({
  source,
  count,
  seed,
  preprocessing,
  views: recipe,
  pairs: wanted,
}: ViewsOptions): (request: Pictures & { readonly step: number }) => Promise<Views> {
  const { size, mean, deviation } = preprocessing;
  const length = size * size * 3;
  const root = key(seed).fold("views");
  const into = { mean, std: deviation };
  const simclr = simclrViews({ size, views: 2 });
  return async ({ step, ...request }) => {
    const n = "indices" in request ? request.indices.length : request.pictures.length;
    const data = new Float32Array(n * length);
    const pairs = wanted ? new Float32Array(2 * n * length) : undefined;
    const used = new Uint32Array(n);
    const failures: { index: number; reason: string }[] = [];
    const read = (index: number) => picture(bytesOf(request, index, source), { size, minScale: recipe.crop[0] });
    for (let row = 0; row < n; row++) {
      const own = root.fold(step).fold(row);
      const wantedIndex = "indices" in request ? request.indices[row]! : row;
      const { image, index } = await firstReadable(own, wantedIndex, {
        read,
        count: "indices" in request ? count : n,
        failures,
      });
      used[row] = index;
      normalize(pictureView(own, image, preprocessing, recipe), { ...into, into: data, offset: row * length });
      if (pairs)
        for (const [v, view] of simclr(own.fold("simclr"), image).entries())
          normalize(view, { ...into, into: pairs, offset: (v * n + row) * length });
    }
    return { data, used, failures, ...(pairs && { pairs }) };
  };
}

/** A pool's task: whole pictures as an evaluation sees them, `[n, size, size, 3]`; zeros where one cannot be read. */
export function wholes({ source, preprocessing }: TaskOptions): (request: Pictures) => Promise<Rows> {
  const { size } = preprocessing;
  const length = size * size * 3;
  return async (request) => {
    const list = "indices" in request ? Array.from(request.indices) : [...request.pictures.keys()];
    const data = new Float32Array(list.length * length);
    const failures: { index: number; reason: string }[] = [];
    for (const [row, index] of list.entries()) {
      const read = await picture(bytesOf(request, index, source), { size, minScale: 1 });
      if ("reason" in read) failures.push({ index, reason: read.reason });
      else preprocess(read, preprocessing, { into: data, offset: row * length });
    }
    return { data, failures };
  };
}

const ATTEMPTS = 100;

interface Trying {
  readonly read: (index: number) => Promise<Image | { readonly reason: string }>;
  readonly count: number;
  readonly failures: { index: number; reason: string }[];
}

async function firstReadable(own: Key, wanted: number, { read, count, failures }: Trying) {
  let index = wanted;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const image = await read(index);
    if (!("reason" in image)) return { image, index };
    failures.push({ index, reason: image.reason });
    index = integer(own.fold("instead").fold(attempt), count);
  }
  throw new UserError(`${ATTEMPTS} pictures in a row cannot be read. Repair or remove them.`);
}

const bytesOf = (request: Pictures, index: number, source: ImageSource | undefined) =>
  "indices" in request ? () => readSource(source!, index) : () => request.pictures[index]!;

const picture = (
  bytes: () => Promise<Uint8Array | Image> | Uint8Array,
  options: { readonly size: number; readonly minScale: number },
) => readPicture(bytes, (encoded) => decodeImage(encoded, options));

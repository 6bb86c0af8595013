import {
  decodeChunk,
  readPicture,
  readSource,
  type Decoded,
  type DecodeRequest,
  type ImageSource,
} from "@nearfar/data";
import { UserError, type Image } from "@nearfar/formats";
import { decodeImage, normalize, simclrViews, type SimclrViewsOptions } from "@nearfar/image-augmentation";
import { integer, key } from "@nearfar/random";
import { whole } from "./whole.ts";

/** Rows of pictures, each `size · size · 3` numbers, and the pictures that could not be read. */
export interface Rows {
  readonly data: Float32Array;
  readonly failures: readonly { readonly index: number; readonly reason: string }[];
}

export interface ViewsRequest {
  readonly step: number;
  readonly indices: Uint32Array;
}

/** A pool's task: decodes some pictures of a source. */
export const decoder =
  ({ source }: { source: ImageSource }) =>
  (request: DecodeRequest): Promise<readonly Decoded[]> =>
    decodeChunk(source, request, decodeImage);

/**
 * A pool's task: two views of each picture of a step, `[2n, size, size, 3]`, all left views first.
 *
 * View v of row i in step s draws from the seed, "views", s and i: never from the worker or the moment. A picture that cannot be read is
 * replaced by another one, drawn in the same way, and named.
 */
export function views({ source, count, seed, recipe, exact }: ViewsOptions): (request: ViewsRequest) => Promise<Rows> {
  const augment = simclrViews({ ...recipe, views: 2 });
  const size = recipe.size!;
  const length = size * size * 3;
  const root = key(seed).fold("views");
  return async ({ step, indices }) => {
    const data = new Float32Array(2 * indices.length * length);
    const failures: { index: number; reason: string }[] = [];
    for (const [row, wanted] of indices.entries()) {
      const own = root.fold(step).fold(row);
      let image: Image | undefined;
      for (let attempt = 0, index = wanted; !image; index = integer(own.fold("instead").fold(attempt++), count)) {
        if (attempt > ATTEMPTS)
          throw new UserError(`${ATTEMPTS} pictures in a row cannot be read. Repair or remove them.`);
        const read = await picture(source, index, { size, minScale: recipe.scale?.[0] ?? 0.08, exact });
        if ("reason" in read) failures.push({ index, reason: read.reason });
        else image = read;
      }
      for (const [v, view] of augment(own, image).entries())
        normalize(view, { into: data, offset: (v * indices.length + row) * length });
    }
    return { data, failures };
  };
}

export interface ViewsOptions {
  readonly source: ImageSource;
  /** Pictures in the source. */
  readonly count: number;
  readonly seed: number;
  readonly recipe: SimclrViewsOptions;
  /** Every stored pixel is decoded: no shrink-on-load. */
  readonly exact: boolean;
}

/** A pool's task: whole pictures as an evaluation sees them, `[n, size, size, 3]`; zeros where one cannot be read. */
export function wholes({
  source,
  size,
}: {
  source: ImageSource;
  size: number;
}): (request: { indices: Uint32Array }) => Promise<Rows> {
  const length = size * size * 3;
  return async ({ indices }) => {
    const data = new Float32Array(indices.length * length);
    const failures: { index: number; reason: string }[] = [];
    for (const [row, index] of indices.entries()) {
      const read = await picture(source, index, { size, minScale: 1, exact: false });
      if ("reason" in read) failures.push({ index, reason: read.reason });
      else normalize(whole(read, size), { into: data, offset: row * length });
    }
    return { data, failures };
  };
}

const ATTEMPTS = 100;

interface PictureOptions {
  readonly size: number;
  readonly minScale: number;
  readonly exact: boolean;
}

const picture = (source: ImageSource, index: number, options: PictureOptions) =>
  readPicture(
    () => readSource(source, index),
    (bytes) => decodeImage(bytes, options),
  );

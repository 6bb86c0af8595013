import { join } from "node:path";
import { filesFingerprint } from "@nearfar/data";
import { imageModel } from "@nearfar/encoders";
import { UserError, type Vectors } from "@nearfar/formats";
import { key } from "@nearfar/random";
import type { Params } from "@nearfar/tensor";
import type { OpenPairs } from "./decodePairs.ts";
import { encodePictures } from "./encodePictures.ts";
import { lockedVectors } from "./lockedVectors.ts";
import type { PairData } from "./pairData.ts";
import type { Settings } from "./settings.ts";
import type { Towers } from "./towers.ts";

/** A tower that does not learn: its weights, which the caller owns, and what it makes of all pictures or of all captions. */
export interface LockedTower {
  readonly params: Params;
  readonly images?: Vectors;
  readonly texts?: Vectors;
}

/** What the locked tower makes of the data, made once and kept in the run directory; undefined where none is locked. Shards are a `UserError`. */
export async function lockTower(
  dir: string,
  { image, text }: Towers,
  { open }: PairData,
  settings: Settings & { readonly workers: number },
): Promise<LockedTower | undefined> {
  const { lock, seed, size, tags, workers } = settings;
  if (lock === "none") return undefined;
  if (!open)
    throw new UserError("--lock: what a locked tower makes of the data is kept; shards are streamed. Lock none.");
  const { set } = open;
  const made = await filesFingerprint(set.files, [lock, settings[lock], size, tags, set.items.length]);
  const path = join(dir, `locked-${lock}.safetensors`);
  if (lock === "text") {
    const params = text.encoder.init(key(seed));
    const captions = set.items.flatMap(({ captions }) => captions);
    return { params, texts: await lockedVectors(path, made, () => text.model(params).encode(captions)) };
  }
  const params = image.encoder.init(key(seed));
  const { encoder, preprocessing } = image;
  const model = imageModel({ encoder, params, preprocessing });
  return { params, images: await lockedVectors(path, made, () => allPictures(open, model, workers)) };
}

/** Row i is of picture i; one that cannot be read is a `UserError`, as no step would notice it. */
async function allPictures(
  { set }: OpenPairs,
  model: Parameters<typeof encodePictures>[1],
  workers: number,
): Promise<Vectors> {
  const { unreadable, indices: _, ...vectors } = await encodePictures(set, model, { workers });
  const [first] = unreadable;
  if (first)
    throw new UserError(
      `--lock image: ${unreadable.length} pictures cannot be read, such as ${first.path} (${first.reason}). Remove or repair them.`,
    );
  return vectors;
}

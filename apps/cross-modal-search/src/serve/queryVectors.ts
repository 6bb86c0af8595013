import { UserError } from "@nearfar/formats";
import type { TwoTowers } from "@nearfar/runs";
import { ApiError } from "./apiError.ts";
import { leastRecentlyUsed } from "./leastRecentlyUsed.ts";
import { workQueue } from "./workQueue.ts";

export interface QueryVectorsOptions {
  /** Encodings that may wait for the one that runs. */
  readonly waiting: number;
  /** Texts whose vectors are kept. */
  readonly kept?: number;
}

/** Vectors of what is asked for. */
export interface QueryVectors {
  text(text: string, signal?: AbortSignal): Promise<Float32Array>;
  picture(bytes: Uint8Array, signal?: AbortSignal): Promise<Float32Array>;
}

/**
 * Encodes what is asked for, one at a time, and keeps the vectors of texts (answers are never kept).
 *
 * `ApiError`: 429 where `waiting` wait already, 422 for a picture that the model's reader refuses, 499 where the client has gone.
 */
export function queryVectors(towers: TwoTowers, { waiting, kept = 10_000 }: QueryVectorsOptions): QueryVectors {
  const texts = leastRecentlyUsed<Float32Array>(kept, () => 1);
  const queue = workQueue({ most: waiting });
  return {
    text: async (text, signal) =>
      texts.get(text) ??
      queue.run(async () => {
        const before = texts.get(text); // encoded while this one waited
        if (before) return before;
        const { data } = await towers.texts.encode([text]);
        texts.set(text, data);
        return data;
      }, signal),
    picture: (bytes, signal) =>
      queue.run(async () => {
        const { data } = await towers.encodePictures([bytes]).catch((error: unknown) => {
          if (error instanceof UserError) throw new ApiError(422, error.message);
          throw error;
        });
        return data;
      }, signal),
  };
}

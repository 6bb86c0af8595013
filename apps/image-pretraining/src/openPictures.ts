import {
  decodeOnce,
  openImages,
  pool,
  type Decoded,
  type DecodeRequest,
  type ImageSet,
  type UnreadableItem,
} from "@nearfar/data";
import { UserError } from "@nearfar/formats";
import { tasks } from "./tasks.ts";

/** The pictures of a folder or archive; small ones are decoded at once, and those of them that cannot be read are left out and named. */
export async function openPictures(
  path: string,
  workers: number,
): Promise<{ set: ImageSet; unreadable: readonly UnreadableItem[] }> {
  if (workers > MOST_WORKERS)
    throw new UserError(`--workers ${workers}: at most ${MOST_WORKERS}. One per core is enough.`);
  const set = await openImages(path);
  const decoder = pool<DecodeRequest, readonly Decoded[]>({
    module: tasks,
    name: "decoder",
    options: { source: set.source },
    workers,
  });
  try {
    return await decodeOnce(set, decoder);
  } finally {
    await decoder.close();
  }
}

const MOST_WORKERS = 256;

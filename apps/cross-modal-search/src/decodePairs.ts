import {
  decodeOnce,
  pool,
  type Decoded,
  type DecodeRequest,
  type PairItem,
  type PairSet,
  type UnreadableItem,
} from "@nearfar/data";
import { UserError } from "@nearfar/formats";
import { tasks } from "./tasks.ts";
import { withJoinedCaptions } from "./withJoinedCaptions.ts";

/** Pairs ready for training or evaluation: small pictures are decoded, and those of them that cannot be read are left out and named. */
export interface OpenPairs {
  readonly set: PairSet;
  readonly unreadable: readonly UnreadableItem[];
}

/**
 * Decodes the pictures of a set once into shared memory, where they are small enough; others are decoded as they are needed. With `tags` all captions
 * of a picture become one.
 */
export async function decodePairs(
  set: PairSet,
  { workers = 0, tags = false }: { workers?: number; tags?: boolean } = {},
): Promise<OpenPairs> {
  if (workers > MOST_WORKERS)
    throw new UserError(`--workers ${workers}: at most ${MOST_WORKERS}. One per core is enough.`);
  const { name, source } = set;
  const { items } = tags ? withJoinedCaptions(set) : set;
  const decoder = pool<DecodeRequest, readonly Decoded[]>({
    module: tasks,
    name: "decoder",
    options: { source },
    workers,
  });
  try {
    const decoded = await decodeOnce({ name, items, labels: [], source }, decoder, { maxSide: 256, maxBytes: 1e9 });
    return {
      set: { ...set, items: decoded.set.items as readonly PairItem[], source: decoded.set.source },
      unreadable: decoded.unreadable,
    };
  } finally {
    await decoder.close();
  }
}

const MOST_WORKERS = 256;

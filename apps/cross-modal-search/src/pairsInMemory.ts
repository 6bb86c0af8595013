import { pairSampler, pool, prefetch, unreadable, type UnreadableItem } from "@nearfar/data";
import { key, permutation, type Key } from "@nearfar/random";
import type { CaptionReader, CaptionTokens } from "./captionReader.ts";
import type { Caption, DrawnPairs } from "./drawnPairs.ts";
import type { OpenPairs } from "./decodePairs.ts";
import type { PairSource } from "./pairSource.ts";
import type { Pictures, Views, ViewsOptions } from "./pairTasks.ts";
import { tasks } from "./tasks.ts";

export interface PairSourceOptions extends Pick<ViewsOptions, "preprocessing" | "views" | "pairs" | "seed"> {
  readonly batch: number;
  /** Captions are tags: those in common keep no two pictures apart. */
  readonly tags: boolean;
  /** Captions of a picture in a step. */
  readonly captions: number;
  /** Undefined where the tower of texts is locked: then captions are numbers. */
  readonly reader?: CaptionReader | undefined;
  /** The tower of pictures is locked: pictures are numbers, and none is read. */
  readonly withoutPictures: boolean;
  readonly workers: number;
}

/** Pairs whose captions are in memory. No two pictures with one caption or one concept meet in a step: they would be each other's negatives. */
export function pairsInMemory(
  { set, unreadable: left }: OpenPairs,
  { batch, tags, captions, reader, withoutPictures, workers, ...options }: PairSourceOptions,
): PairSource {
  const { items, source } = set;
  const order = pairSampler(key(options.seed).fold("order"), items, { batch, captions: !tags });
  const count = unreadable(items.length);
  const views = pool<Pictures & { step: number }, Views>({
    module: tasks,
    name: "views",
    options: { source, count: items.length, ...options },
    workers,
  });
  const firstCaption = new Uint32Array(items.length);
  for (let i = 1; i < items.length; i++) firstCaption[i] = firstCaption[i - 1]! + items[i - 1]!.captions.length;
  const read: CaptionTokens[] = [];
  const tokensOf = (item: number, caption: number): CaptionTokens =>
    (read[firstCaption[item]! + caption] ??= reader!.read(items[item]!.captions[caption]!));

  return {
    count: items.length,
    batch: order.batch,
    description: order.description,
    batchesPerEpoch: order.batchesPerEpoch,
    unreadable: (): readonly UnreadableItem[] => [...left, ...count.report().unreadable],
    close: () => views.close(),
    async *from(first) {
      if (withoutPictures) {
        for (let step = first; ; step++) {
          const used = order.indices(step);
          yield { step, items: used, captions: columns(step, used) };
        }
      }
      const request = (i: number) => ({ step: first + i, indices: order.indices(first + i) });
      let step = first;
      for await (const { data, used, failures, pairs } of prefetch(views, request, {
        ahead: AHEAD * Math.max(1, workers),
      })) {
        // prettier-ignore
        count.record(
          order.batch,
          failures.map(({ index, reason }) => ({ path: items[index]!.path, reason })),
        );
        const drawn: DrawnPairs = { step, images: data, items: used, captions: columns(step, used), ...(pairs && { pairs }) }; // prettier-ignore
        yield drawn;
        step++;
      }
    },
  };

  function columns(step: number, used: Uint32Array): Caption[][] {
    const own = key(options.seed).fold("captions").fold(step);
    const drawn = Array.from(used, (item, row) => captionsOf(own.fold(row), item));
    return Array.from({ length: captions }, (_, column) => drawn.map((list) => list[column]!));
  }

  /** So many captions of a picture, none twice before all were taken. */
  function captionsOf(own: Key, item: number): Caption[] {
    const all = items[item]!.captions.length;
    const places = permutation(own, all);
    return Array.from({ length: captions }, (_, i) => {
      const place = places[i % all]!;
      return { number: firstCaption[item]! + place, ...(reader && { tokens: tokensOf(item, place) }) };
    });
  }
}

/** Batches under way per worker: enough that a slow one is not waited for, few enough that memory stays flat. */
const AHEAD = 3;

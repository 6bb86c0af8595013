import { pool, type ShardSample, type ShardSet, unreadable, type UnreadableItem } from "@nearfar/data";
import { key, permutation } from "@nearfar/random";
import type { Caption, DrawnPairs } from "./drawnPairs.ts";
import type { PairSourceOptions } from "./pairsInMemory.ts";
import type { PairSource } from "./pairSource.ts";
import type { Pictures, Views, ViewsOptions } from "./pairTasks.ts";
import { tasks } from "./tasks.ts";

/**
 * Pairs of shards, more than memory holds, as they come through the shuffle buffer. A picture that cannot be decoded is replaced by another one of its
 * batch, with its captions.
 */
export function pairsStreamed(
  set: ShardSet,
  { batch, captions, reader, workers, ...options }: PairSourceOptions,
): PairSource {
  const views = pool<Pictures & { step: number }, Views>({
    module: tasks,
    name: "views",
    options: { count: batch, ...options } satisfies ViewsOptions,
    workers,
  });
  const count = unreadable(Infinity);
  const texts = key(options.seed).fold("captions");
  return {
    batch,
    description: "",
    unreadable: (): readonly UnreadableItem[] => count.report().unreadable,
    close: () => views.close(),
    async *from(first) {
      let step = first;
      for await (const { samples, answer } of ahead(first)) {
        const { data, used, failures, pairs } = await answer;
        count.record(
          batch,
          failures.map(({ index, reason }) => ({ path: samples[index]!.name, reason })),
        );
        const drawn: DrawnPairs = {
          step,
          images: data,
          captions: columns(step, samples, used),
          ...(pairs && { pairs }),
        };
        yield drawn;
        step++;
      }
    },
  };

  /** Batches whose pictures are under way in the workers. */
  async function* ahead(first: number): AsyncGenerator<UnderWay> {
    const queue: UnderWay[] = [];
    let step = first;
    for await (const samples of set.batches(key(options.seed).fold("order"), { batch, from: first })) {
      const answer = views.run({ step: step++, pictures: samples.map(({ picture }) => picture) });
      answer.catch(() => {}); // told in its turn
      queue.push({ samples, answer });
      if (queue.length > 2 * Math.max(1, workers)) yield queue.shift()!;
    }
    yield* queue;
  }

  function columns(step: number, samples: readonly ShardSample[], used: Uint32Array): Caption[][] {
    const drawn = Array.from(used, (index, row) => {
      const all = samples[index]!.captions;
      const places = permutation(texts.fold(step).fold(row), all.length);
      return Array.from({ length: captions }, (_, i) => ({ tokens: reader!.read(all[places[i % all.length]!]!) }));
    });
    return Array.from({ length: captions }, (_, column) => drawn.map((list) => list[column]!));
  }
}

interface UnderWay {
  readonly samples: readonly ShardSample[];
  readonly answer: Promise<Views>;
}

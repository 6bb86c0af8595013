import { existsSync } from "node:fs";
import { join } from "node:path";
import { pool, prefetch, sampler, unreadable, type ImageSet, type UnreadableItem } from "@nearfar/data";
import { observer } from "@nearfar/evaluation";
import { key } from "@nearfar/random";
import { createRun, fingerprint, openRun, writeReport, type PlainObject } from "@nearfar/runs";
import { tf, type Params, type Tensor4D } from "@nearfar/tensor";
import { train, type TrainOptions, type TrainReport } from "@nearfar/trainer";
import { assemble } from "./assemble.ts";
import { checkedSettings } from "./checkedSettings.ts";
import { openPictures } from "./openPictures.ts";
import type { Rows, ViewsRequest } from "./pictureTasks.ts";
import type { Settings } from "./settings.ts";
import { tasks } from "./tasks.ts";
import { writeRunModel } from "./writeRunModel.ts";

export interface TrainPicturesOptions extends Pick<TrainOptions<Tensor4D>, "progress" | "interrupted" | "pauseAt"> {
  readonly resume?: boolean;
  readonly workers?: number;
  /** Decodes every stored pixel: no shrink-on-load. */
  readonly exact?: boolean;
  /** Told once that nothing stands in the way: the run is open, its checkpoint read, and the first batch asked for. */
  readonly started?: () => void;
  /** Told of a collapse, in one line, while it trains. */
  readonly warn?: (line: string) => void;
}

/**
 * Trains an encoder on the pictures of a folder or archive into a run directory, and returns the report that it wrote there.
 *
 * The same settings, seed and pictures give the same bytes for any number of workers. Throws UserError for what the user can mend.
 */
export async function trainPictures(
  images: string | { readonly set: ImageSet; readonly unreadable: readonly UnreadableItem[] },
  dir: string,
  settings: Settings,
  {
    resume = false,
    workers = 1,
    exact = false,
    started = () => {},
    warn = () => {},
    ...hooks
  }: TrainPicturesOptions = {},
): Promise<PlainObject> {
  const { seed, batch, size, length } = checkedSettings(settings);
  const { set, unreadable: left } = typeof images === "string" ? await openPictures(images, workers) : images;
  const order = sampler(key(seed).fold("order"), set.items.length, { batch });
  const data = fingerprint(set.items.map(({ path }) => path));
  const configuration = { ...settings, exact } as unknown as Parameters<typeof createRun>[1];
  const again = resume && existsSync(join(dir, "run.json"));
  const run = again
    ? await openRun(dir, { expected: configuration, data })
    : await createRun(dir, configuration, { data });
  const count = unreadable(set.items.length);
  const views = pool<ViewsRequest, Rows>({
    module: tasks,
    name: "views",
    options: { source: set.source, count: set.items.length, seed, recipe: { ...settings.views, size }, exact },
    workers,
  });
  const warnings: string[] = [];
  try {
    const { method, optimizer, schedule } = assemble(settings);
    const { trained, report } = await train(key(seed), { method, optimizer }, run, {
      ...hooks,
      length: "epochs" in length ? { steps: length.epochs * order.batchesPerEpoch } : length,
      schedule,
      batches,
      observe: observer(settings.projector.out, {
        warn(line) {
          warnings.push(line);
          warn(line);
        },
      }),
    });
    await writeRunModel(dir, settings, trained.params.encoder as Params);
    tf.dispose(trained as never);
    const written = summary(report, { set, batch, warnings, unreadable: [...left, ...count.report().unreadable] });
    if (report.taken > 0) await writeReport(run, written); // a finished run keeps the report of its training
    return written;
  } finally {
    await views.close();
    await run.close();
  }

  async function* batches(first: number): AsyncGenerator<Tensor4D> {
    started();
    const request = (i: number) => ({ step: first + i, indices: order.indices(first + i) });
    for await (const { data, failures } of prefetch(views, request, { ahead: AHEAD * Math.max(1, workers) })) {
      count.record(
        batch,
        failures.map(({ index, reason }) => ({ path: set.items[index]!.path, reason })),
      );
      yield tf.tensor4d(data, [2 * batch, size, size, 3]);
    }
  }
}

/** Batches under way per worker: enough that a slow one is not waited for, few enough that memory stays flat. */
const AHEAD = 3;

function summary(
  report: TrainReport,
  {
    set,
    batch,
    warnings,
    unreadable,
  }: { set: ImageSet; batch: number; warnings: readonly string[]; unreadable: readonly UnreadableItem[] },
): PlainObject {
  return {
    ...report,
    pictures: set.items.length,
    seen: report.steps * batch,
    picturesPerSecond: (report.taken * batch) / report.seconds,
    warnings,
    unreadable,
  } as unknown as PlainObject;
}

import { convNet, simclrHead } from "@nearfar/encoders";
import { simclr } from "@nearfar/methods";
import { cosine, sgd } from "@nearfar/optimizers";
import { key } from "@nearfar/random";
import { createRun, openRun, type OpenRun } from "@nearfar/runs";
import { tf, type Tensor4D } from "@nearfar/tensor";
import { noisyViews } from "@nearfar/testing";
import { train, type TrainOptions } from "@nearfar/trainer";

/** SimCLR with the small net on 8 pairs of generated 16x16 views: real kernels, and a step of some 20 ms. */
export const parts = () => {
  const encoder = convNet();
  const projector = simclrHead(encoder.features, { hidden: 32, out: 16 });
  return { method: simclr({ encoder, projector }), optimizer: sgd({ weightDecay: 5e-4 }) };
};

/** The batches from a step on, without end; `made` collects them. */
export function batches(made: Tensor4D[] = []): (first: number) => AsyncGenerator<Tensor4D> {
  return async function* (first) {
    for (let step = first; ; step++) {
      const batch = noisyViews(step, { pairs: 8 });
      made.push(batch);
      yield batch;
    }
  };
}

/** The run of a folder: opened if it is there, else made. */
export async function run(dir: string, { resume = false } = {}): Promise<OpenRun> {
  return resume ? openRun(dir) : createRun(dir, { method: "simclr", encoder: "convnet", seed: 0, batch: 8 });
}

/** Trains 12 steps in a folder, of which `options` may say otherwise; frees what it trained and closes the run. */
export async function trainIn(
  dir: string,
  { resume = false, ...options }: Partial<TrainOptions<Tensor4D>> & { resume?: boolean } = {},
): Promise<Awaited<ReturnType<typeof train>>["report"]> {
  const opened = await run(dir, { resume });
  const schedule = (steps: number) => cosine({ steps, peak: 0.06, warmup: Math.min(2, steps) });
  try {
    const { trained, report } = await train(key(0), parts(), opened, {
      length: { steps: 12 },
      schedule,
      batches: batches(),
      ...options,
    });
    tf.dispose(trained as never);
    return report;
  } finally {
    await opened.close();
  }
}

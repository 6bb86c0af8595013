import { cifar10 } from "./cifar10.ts";
import { dataFolder } from "./dataFolder.ts";
import type { Measurement } from "./measurement.ts";
import { jsonOf } from "./jsonOf.ts";
import { slope } from "./slope.ts";
import { typescript } from "./typescript.ts";

/** What the program prints: steps, native tensors and resident MB at each sample, in the order in which they were taken. */
export interface MemorySamples {
  readonly engine: string;
  readonly batch: number;
  readonly steps: readonly number[];
  readonly tensors: readonly number[];
  readonly resident: readonly number[];
}

/** What a long training does to memory: tensors that are never freed, and growth of the process. */
export const memory: readonly Measurement[] = [
  {
    benchmark: "memory",
    slice: "convnet",
    measure: async ({ quick }) => {
      dataFolder(cifar10); // said here, before anything starts
      const steps = quick ? 200 : 10_000;
      const [node, ...args] = typescript("memoryProgram.ts", [`${steps}`]);
      const { engine, batch, ...samples } = await jsonOf<MemorySamples>([node!, "--expose-gc", ...args]);
      const settled = samples.steps.flatMap((at, i) =>
        at > 0.2 * steps ? [[at / 1000, samples.resident[i]!] as const] : [],
      );
      const growth = slope(settled);
      const tensors = [Math.min(...samples.tensors), Math.max(...samples.tensors)];
      const what = `training of convnet, ${steps} steps of ${batch} pictures, collection forced before each sample`;
      return {
        rows: [
          {
            what: `${what}: native tensors`,
            ours: tensors[0] === tensors[1] ? `${tensors[0]} at every sample` : `${tensors[0]} to ${tensors[1]}`,
            target: "constant",
            reached: tensors[0] === tensors[1] ? "yes" : "no",
          },
          {
            what: `${what}: slope of resident memory over the last ${0.8 * steps} (least squares)`,
            ours: `${growth.toFixed(2)} MB per 1,000 steps (ends at ${samples.resident.at(-1)!.toFixed(0)} MB)`,
            target: "< 1 MB per 1,000 steps",
            reached: growth < 1 ? "yes" : "no",
          },
        ],
        versions: { tensorflow: engine },
        samples,
      };
    },
  },
];

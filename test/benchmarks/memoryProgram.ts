/**
 * Trains the small net for a number of steps and samples memory on the way: the number of native tensors and the resident size.
 *
 *     NEARFAR_DATA=... node --expose-gc --conditions=nearfar-source --import tsx test/benchmarks/memoryProgram.ts 10000
 *
 * It is the whole training of `nearfar image train`, checkpoints and logs included, but its views are made in this thread: so
 * that the collection forced before each sample reaches all of it. 16 pictures a step, to end within minutes. Prints one JSON line.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { settings, trainPictures } from "@nearfar/image-pretraining";
import { loadEngine, tf } from "@nearfar/tensor";
import { small } from "../../apps/image-pretraining/src/configs/index.ts";
import { cifar10 } from "./cifar10.ts";
import { dataFolder } from "./dataFolder.ts";
import type { MemorySamples } from "./memory.ts";

const BATCH = 16;
const SAMPLES = 100;

const steps = Number(process.argv[2]);
const engine = loadEngine();
const native = tf.backend() as unknown as { getNumOfTFTensors(): number };
if (gc === undefined) throw new Error("memory: collection is forced; start node with --expose-gc.");
const collect = gc;
const samples = { steps: [] as number[], tensors: [] as number[], resident: [] as number[] };

const dir = await mkdtemp(join(tmpdir(), "nearfar-memory-"));
try {
  const chosen = settings(small, 0, { batch: BATCH, length: { steps } });
  await trainPictures(`${join(dataFolder(cifar10), cifar10)}#train`, join(dir, "run"), chosen, {
    workers: 0,
    progress({ step }) {
      if (step % (steps / SAMPLES) !== 0) return;
      collect();
      samples.steps.push(step);
      samples.tensors.push(native.getNumOfTFTensors());
      samples.resident.push(Math.round(process.memoryUsage.rss() / 1e5) / 10);
      if (samples.steps.length % 10 === 0) console.error(`memory: step ${step}, ${samples.resident.at(-1)} MB`);
    },
  });
} finally {
  await rm(dir, { recursive: true, force: true });
}
const printed: MemorySamples = { engine: engine.version, batch: BATCH, ...samples };
console.log(JSON.stringify(printed));

import { join } from "node:path";
import { expect, it } from "vitest";
import { drawPictures } from "./drawPictures.ts";
import { runBytes } from "./runBytes.ts";
import { succeed } from "./succeed.ts";
import { suiteFolder } from "./suiteFolder.ts";

const folder = suiteFolder();

// 120 px: above 64 px pictures are decoded anew for each step, JPEGs above 2 x 32 px with shrink-on-load, in the workers.
it("trains to the same bytes for 0, 1 and 2 workers, and to others for another seed", async () => {
  const images = join(folder, "images");
  await drawPictures(images, { each: 10, size: 120 });
  const train = async (workers: number, seed = 0) => {
    const run = join(folder, `workers-${workers}-seed-${seed}`);
    const flags = ["--config", "small", "--steps", 12, "--batch", 8, "--workers", workers, "--seed", seed];
    await succeed("image", "train", images, "--run", run, ...flags);
    return runBytes(run);
  };
  const alone = await train(0);
  expect(Object.keys(alone)).toEqual([
    "run.json",
    "log.jsonl",
    "checkpoints/step-00000000.safetensors",
    "checkpoints/step-00000012.safetensors",
  ]);
  expect(await train(1)).toEqual(alone);
  expect(await train(2)).toEqual(alone);
  const other = await train(2, 1);
  for (const [name, hash] of Object.entries(other)) expect(hash, name).not.toBe(alone[name]);
}, 300_000);

import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { checkpointSteps, readReport } from "@nearfar/runs";
import { expect, it } from "vitest";
import { drawPictures } from "./drawPictures.ts";
import { nearfar } from "./nearfar.ts";
import { runBytes } from "./runBytes.ts";
import { succeed } from "./succeed.ts";
import { suiteFolder } from "./suiteFolder.ts";

const folder = suiteFolder();
/** So many that Ctrl-C after the first step comes long before the last: a step takes some milliseconds, a signal about one. */
const STEPS = 150;

it("interrupted by Ctrl-C and resumed, a run is byte for byte the one that was never interrupted", async () => {
  const images = join(folder, "images");
  await drawPictures(images, { each: 8 });
  const train = (run: string) => ["image", "train", images, "--run", join(folder, run), "--steps", STEPS, "--batch", 8];

  const stopped = await nearfar(train("stopped"), { interruptAt: "training" });
  expect(stopped.code).toBe(130);
  const [, at] = /Stopped after step (\d+) of 150; saved\. Run the same command with --resume/.exec(stopped.stderr)!;
  expect(Number(at)).toBeGreaterThan(0);
  expect(await checkpointSteps({ dir: join(folder, "stopped") })).toEqual([0, Number(at)]);
  expect(existsSync(join(folder, "stopped", "lock"))).toBe(false);

  const again = await nearfar(train("stopped"));
  expect(again).toMatchObject({ code: 2, stdout: "" });
  expect(again.stderr).toMatch(/at step \d+ of 150\. Add --resume to go on/);

  await succeed(...train("stopped"), "--resume");
  await succeed(...train("whole"));
  const [resumed, whole] = [await runBytes(join(folder, "stopped")), await runBytes(join(folder, "whole"))];
  const last = "checkpoints/step-00000150.safetensors";
  for (const name of ["run.json", "log.jsonl", last]) expect(resumed[name], name).toBe(whole[name]!);
  expect(await readReport({ dir: join(folder, "stopped") })).toMatchObject({ steps: STEPS, taken: STEPS - Number(at) });
  expect((await readdir(join(folder, "stopped"))).filter((name) => name.endsWith(".tmp"))).toEqual([]);
}, 300_000);

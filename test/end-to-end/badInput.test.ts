import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { checkpointSteps, load } from "@nearfar/runs";
import { beforeAll, describe, expect, it } from "vitest";
import { drawPictures } from "./drawPictures.ts";
import { refused } from "./refused.ts";
import { succeed } from "./succeed.ts";
import { suiteFolder } from "./suiteFolder.ts";

const folder = suiteFolder();
const at = (...parts: string[]) => join(folder, ...parts);
const [images, run] = [at("images"), at("run")];
const STEPS = 4;

beforeAll(async () => {
  await drawPictures(images, { each: 4 });
  await drawPictures(at("flat", "pictures"), { each: 2 });
  await cp(at("flat", "pictures", "disc"), at("unlabelled"), { recursive: true });
  await mkdir(at("empty"));
  await mkdir(at("junk"));
  for (let i = 0; i < 3; i++) await writeFile(at("junk", `notes-${i}.txt`), "not a picture\n");
  await mkdir(at("one"));
  await cp(join(images, "disc", "000.jpg"), at("one", "000.jpg"));
  await cp(images, at("spoilt"), { recursive: true });
  for (let i = 0; i < 2; i++) await writeFile(at("spoilt", "disc", `text-${i}.jpg`), "this is text\n");
  await succeed("image", "train", images, "--run", run, "--steps", STEPS, "--batch", 4);
}, 120_000);

/** A copy of the trained run. */
async function copyOfRun(name: string): Promise<string> {
  await cp(run, at(name), { recursive: true });
  return at(name);
}

async function editConfiguration(dir: string, changes: Readonly<Record<string, unknown>>): Promise<void> {
  const path = join(dir, "run.json");
  const read = JSON.parse(await readFile(path, "utf8")) as { configuration: object };
  await writeFile(path, JSON.stringify({ ...read, configuration: { ...read.configuration, ...changes } }));
}

describe.concurrent("image train refuses, with one line and exit code 2, and leaves no run behind:", () => {
  const cases: readonly (readonly [
    what: string,
    images: string,
    flags: readonly (string | number)[],
    message: RegExp,
  ])[] = [
    ["an empty folder", at("empty"), [], /empty: this folder is empty\. Give a folder with pictures/],
    ["a folder of junk", at("junk"), [], /none of its 3 files is a picture \(one is notes-0\.txt\)/],
    ["a path that does not exist", at("nowhere"), [], /nowhere: no such file or folder/],
    ["a single picture", at("one"), ["--batch", 2], /needs at least 2; got 1/],
    ["a batch larger than the data", images, ["--batch", 13], /batch of 13 is larger than the data, which has 12/],
    ["a batch of one", images, ["--batch", 1], /batch: a whole number from 2/],
    ["a batch of none", images, ["--batch", 0], /--batch.*0/],
    ["a negative batch", images, ["--batch", -4], /--batch.*-4/],
    ["a batch that is no number", images, ["--batch", "many"], /--batch.*many/],
    ["views of a million pixels a side", images, ["--size", 1_000_000], /size: a whole number from 8 to 1024/],
    ["more workers than any machine has", images, ["--workers", 5000], /--workers 5000/],
    ["an unknown method", images, ["--method", "simcrl"], /unknown method "simcrl"; nearest: "simclr"/],
    ["an unknown encoder", images, ["--encoder", "resnet81"], /unknown encoder "resnet81"; nearest: "resnet18"/],
    ["an unknown configuration", images, ["--config", "smal"], /unknown configuration "smal"; nearest: "small"/],
    ["an unknown flag", images, ["--bacth", 4], /unknown option '--bacth'\. Did you mean --batch\?/],
    ["a budget that is no time", images, ["--budget", "nonsense"], /--budget.*nonsense/],
    ["epochs together with a budget", images, ["--epochs", 1, "--budget", "10s"], /--epochs, --steps and --budget/],
    [
      "more than 10 % unreadable pictures",
      at("spoilt"),
      ["--batch", 4],
      /2 of 14 pictures cannot be read, more than 10 %/,
    ],
  ];

  for (const [i, [what, source, flags, message]] of cases.entries())
    it(what, { timeout: 120_000 }, async () => {
      const dir = at(`refused-${i}`);
      await refused(["image", "train", source, "--run", dir, ...flags], message);
      expect(existsSync(dir)).toBe(false);
    });
});

describe.concurrent("nearfar refuses, with one line and exit code 2:", () => {
  const evaluate = (dir: string, ...flags: (string | number)[]) => [
    "image",
    "evaluate",
    "--run",
    dir,
    "--train",
    images,
    "--test",
    images,
    "--k",
    5,
    ...flags,
  ];

  const cases: readonly (readonly [
    what: string,
    args: () => Promise<readonly (string | number)[]>,
    message: RegExp,
  ])[] = [
    ["an unknown command", async () => ["image", "trian", images], /unknown command 'trian'\. Did you mean train\?/],
    ["an unknown command at the top", async () => ["imgae"], /unknown command 'imgae'\. Did you mean image\?/],
    ["training without a run directory", async () => ["image", "train", images], /--run/],
    [
      "training into a folder of other things",
      async () => ["image", "train", images, "--run", at("junk"), "--batch", 4],
      /junk: not empty \(it holds "notes-0\.txt"\) and no run/,
    ],
    [
      "training into a run again",
      async () => ["image", "train", images, "--run", run, "--steps", STEPS, "--batch", 4],
      /holds a run of simclr with convnet, finished at step 4/,
    ],
    [
      "resuming with another encoder",
      async () => [
        "image",
        "train",
        images,
        "--run",
        run,
        "--steps",
        STEPS,
        "--batch",
        4,
        "--encoder",
        "resnet18",
        "--resume",
      ],
      /started with encoder "convnet".*now encoder "resnet18"/,
    ],
    [
      "resuming a run of another method",
      async () => {
        const dir = await copyOfRun("other-method");
        await editConfiguration(dir, { method: "moco" });
        return ["image", "train", images, "--run", dir, "--steps", STEPS, "--batch", 4, "--resume"];
      },
      /started with method "moco"; now method "simclr" was asked for/,
    ],
    [
      "resuming on other pictures",
      async () => ["image", "train", at("flat", "pictures"), "--run", run, "--steps", STEPS, "--batch", 4, "--resume"],
      /started on other data: 12 items .* 6 items/,
    ],
    [
      "evaluating a run of a method that is not known",
      async () => {
        const dir = await copyOfRun("unknown-method");
        await editConfiguration(dir, { method: "moco" });
        return evaluate(dir);
      },
      /run\.json: unknown method "moco"/,
    ],
    [
      "evaluating a run whose configuration is absurd",
      async () => {
        const dir = await copyOfRun("absurd");
        await editConfiguration(dir, { size: 1e9 });
        return evaluate(dir);
      },
      /run\.json: size: a whole number from 8 to 1024; got 1000000000/,
    ],
    [
      "evaluating weights of another encoder",
      async () => {
        const dir = await copyOfRun("other-encoder");
        await editConfiguration(dir, { encoder: "resnet18" });
        return evaluate(dir);
      },
      /weights of its last checkpoint are not those of a resnet18/,
    ],
    ["evaluating a folder that is no run", async () => evaluate(at("junk")), /junk: not a run directory/],
    ["evaluating a run that does not exist", async () => evaluate(at("no-run")), /no-run/],
    [
      "evaluating with a checkpoint cut in half",
      async () => {
        const dir = await copyOfRun("cut");
        await cutLastCheckpoint(dir);
        return evaluate(dir);
      },
      /step-00000004\.safetensors.*The checkpoint of step 0 is good: delete this file/,
    ],
    [
      "evaluating without labels",
      async () => ["image", "evaluate", "--run", run, "--train", at("unlabelled"), "--test", images],
      /unlabelled: evaluation needs labelled pictures/,
    ],
    [
      "more neighbours than pictures",
      async () => evaluate(run, "--k", 13),
      /--k 13: more neighbours than the 12 pictures/,
    ],
    [
      "vectors in an unknown format",
      async () => ["image", "embed", images, "--run", run, "--out", at("vectors.csv")],
      /vectors\.csv: vectors are kept as \.jsonl, \.parquet or \.npy; got "\.csv"/,
    ],
    [
      "vectors in a folder that does not exist",
      async () => ["image", "embed", images, "--run", run, "--out", at("nowhere", "vectors.npy")],
      /nowhere/,
    ],
    [
      "a sheet that is no PNG",
      async () => ["image", "preview", images, "--out", at("sheet.jpg")],
      /sheet\.jpg: a sheet is written as PNG/,
    ],
    [
      "a sheet of an empty folder",
      async () => ["image", "preview", at("empty"), "--out", at("sheet.png")],
      /empty: this folder is empty/,
    ],
  ];

  for (const [what, args, message] of cases) it(what, { timeout: 120_000 }, async () => refused(await args(), message));
});

it("stops at a checkpoint cut in half when it resumes, and goes on from the earlier one when that is asked for", async () => {
  const dir = await copyOfRun("cut-resume");
  const damaged = await cutLastCheckpoint(dir);
  const resume = ["image", "train", images, "--run", dir, "--steps", STEPS, "--batch", 4, "--resume"];
  await refused(resume, /step-00000004\.safetensors.*The checkpoint of step 0 is good: delete this file to go on/);
  expect(await checkpointSteps({ dir })).toEqual([0, STEPS]);
  expect(existsSync(join(dir, "lock"))).toBe(false);
  expect((await load(dir)).configuration.steps).toBe(STEPS);
  await rm(damaged);
  await succeed(...resume);
  // Resumed from step 0, the run is the one that was never cut.
  const name = "checkpoints/step-00000004.safetensors";
  expect(await readFile(join(dir, name))).toEqual(await readFile(join(run, name)));
}, 120_000);

/** Cuts the last checkpoint in half and returns its path. */
async function cutLastCheckpoint(dir: string): Promise<string> {
  const path = join(dir, "checkpoints", `step-${String(STEPS).padStart(8, "0")}.safetensors`);
  await truncate(path, Math.floor((await readFile(path)).length / 2));
  return path;
}

import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readReport } from "@nearfar/runs";
import { beforeAll, describe, expect, it } from "vitest";
import { drawPairs } from "./drawPairs.ts";
import { refused } from "./refused.ts";
import { succeed } from "./succeed.ts";
import { suiteFolder } from "./suiteFolder.ts";

const folder = suiteFolder();
const at = (...names: string[]) => join(folder, ...names);
const small = ["--config", "icons", "--size", 32, "--dimensions", 8, "--batch", 4, "--steps", 2];
const train = (pairs: string, run: string, ...more: (string | number)[]) => ["pairs", "train", pairs, "--run", at(run), ...small, ...more]; // prettier-ignore
const table = (name: string, rows: readonly (readonly string[])[]) =>
  writeFile(at(name), `image\tcaption\n${rows.map((row) => row.join("\t")).join("\n")}\n`);

beforeAll(async () => {
  await drawPairs(at("images"), { each: 12 });
  await writeFile(at("images", "text.png"), "a text file named .png");
  await copyFile(at("images", "disc", "000.jpg"), at("images", "whole.jpg"));
  const whole = await readFile(at("images", "whole.jpg"));
  await writeFile(at("images", "cut.jpg"), whole.subarray(0, whole.length / 2));
});

const rows = Array.from({ length: 30 }, (_, i) => {
  const shape = ["disc", "square", "triangle"][i % 3]!;
  const number = Math.floor(i / 3);
  return [`${shape}/${String(number).padStart(3, "0")}.${number % 2 === 0 ? "jpg" : "png"}`, `a ${shape}, number ${i}`];
});

describe("pairs of which some are damaged", () => {
  it("are passed over, counted by kind and named, and the others trained on", async () => {
    await table("some.tsv", [...rows, ["missing.png", "nowhere"], ["text.png", "no picture"], ["disc/011.png", "  "]]);
    const { stderr } = await succeed(...train(at("some.tsv"), "some", "--images", at("images")));
    expect(stderr).toMatch(/picture missing.*missing\.png/);
    expect(stderr).toMatch(/text\.png/);
    const { damaged } = (await readReport({ dir: at("some") })) as { damaged: Record<string, number> };
    expect(damaged).toMatchObject({ "picture missing": 1, "picture unreadable": 1 });
    expect(Object.values(damaged).reduce((sum, count) => sum + count, 0)).toBe(3);
  }, 300_000);

  it("are named where the damage shows in decoding alone", async () => {
    await table("cut.tsv", [...rows, ["cut.jpg", "half of a disc"]]);
    const { stderr } = await succeed(...train(at("cut.tsv"), "cut", "--images", at("images")));
    expect(stderr).toMatch(/1 pictures could not be read and were skipped: cut\.jpg/);
  }, 300_000);
});

describe("a training of pairs that cannot be", () => {
  it("is refused in one line with exit code 2", async () => {
    const images = ["--images", at("images")];
    await table("one.tsv", rows.slice(0, 1));
    await refused(train(at("one.tsv"), "x", ...images), /at least 2 pictures with a caption are needed; got 1/);
    await table(
      "same.tsv",
      rows.map(([image]) => [image!, "the same caption"]),
    );
    await refused(train(at("same.tsv"), "x", ...images, "--keep-words", 1), /all 30 pictures have the same caption/);
    await table("half.tsv", [...rows.slice(0, 6), ...rows.slice(0, 6).map(([, text]) => ["missing.png", `${text} gone`])]); // prettier-ignore
    await refused(train(at("half.tsv"), "x", ...images), /missing\.png/);
    await table("outside.tsv", [...rows.slice(0, 4), ["../../etc/passwd", "outside"]]);
    await refused(train(at("outside.tsv"), "x", ...images), /passwd/);
    await refused(train(at("nowhere.tsv"), "x"), /nowhere\.tsv: no such file or folder/);
    await mkdir(at("empty"));
    await refused(train(at("empty"), "x"), /empty/);
  }, 300_000);

  it("names a flag that cannot be, and what it may be", async () => {
    const images = at("clean");
    await drawPairs(images, { each: 4 });
    await Promise.all([
      refused(train(images, "y", "--method", "clipp"), /unknown method "clipp"; nearest: "clip"/),
      refused(
        train(images, "y", "--image", "resnet19"),
        /--image: convnet, conv, .*a model folder or a run; there is no folder "resnet19"/,
      ),
      refused(train(images, "y", "--lock", "image"), /a new tower knows nothing/),
      refused(train(images, "y", "--keep-words", 2), /keep-words: a share from 0 to 1; got 2/),
      refused(train(images, "y", "--config", "foto"), /unknown configuration "foto"/),
      refused(train(images, "y", "--workers", 1000), /--workers 1000: at most 256/),
      refused(train(images, "y", "--epochs", 2), /--epochs, --steps and --budget/),
      refused(train(images, "y", "--batch", 1), /batch: a whole number from 2/),
    ]);
  }, 300_000);

  it("goes on with the same settings and data alone", async () => {
    const images = ["--images", at("images")];
    await table("first.tsv", rows);
    await table("second.tsv", rows.slice(1));
    await succeed(...train(at("first.tsv"), "run", ...images));
    await refused(train(at("first.tsv"), "run", ...images), /finished at step 2/);
    await refused(train(at("first.tsv"), "run", ...images, "--batch", 5, "--resume"), /was started with batch 4/);
    await refused(train(at("second.tsv"), "run", ...images, "--resume"), /was started on other data/);
  }, 300_000);
});

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readVectors } from "@nearfar/formats";
import { load, readReport } from "@nearfar/runs";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { drawPictures } from "./drawPictures.ts";
import { succeed } from "./succeed.ts";
import { suiteFolder } from "./suiteFolder.ts";

const folder = suiteFolder();
const [train, test, run] = [join(folder, "train"), join(folder, "test"), join(folder, "run")];
const STEPS = 60;
let paths: string[];

describe("nearfar image on small pictures, from training to vectors", () => {
  beforeAll(async () => {
    await drawPictures(train);
    paths = await drawPictures(test, { each: 10, seed: 1 });
    await succeed("image", "train", train, "--run", run, "--steps", STEPS, "--batch", 16);
  });

  it("records what was trained, and how it went", async () => {
    const { configuration } = await load(run);
    expect(configuration).toMatchObject({
      method: "simclr",
      encoder: "convnet",
      batch: 16,
      size: 32,
      seed: 0,
      steps: STEPS,
    });
    expect(await readReport({ dir: run })).toMatchObject({
      steps: STEPS,
      pictures: 60,
      seen: 16 * STEPS,
      unreadable: [],
    });
  });

  it("lowers the loss below chance", async () => {
    const lines = (await readFile(join(run, "log.jsonl"), "utf8")).trim().split("\n");
    const log = lines.map((line) => JSON.parse(line) as { step: number; loss: number });
    expect(log.map(({ step }) => step)).toEqual([10, 20, 30, 40, 50, 60]);
    // A collapsed encoder has ln(2n - 1) for n = 16; temperature 0.5 leaves 0.5 of it within reach of these pictures.
    expect(log.at(-1)!.loss).toBeLessThan(Math.log(2 * 16 - 1) - 0.5);
    expect(log.at(-1)!.loss).toBeLessThan(log[0]!.loss);
  });

  it("evaluates the trained encoder beside the untrained one and raw pixels, well above chance", async () => {
    const { stdout } = await succeed(
      ...["image", "evaluate", "--run", run, "--train", train, "--test", test, "--k", 5, "--json"],
    );
    const { rows, ...about } = JSON.parse(stdout) as {
      rows: { representation: string; knn: number; linear: number }[];
    };
    expect(about).toMatchObject({ train: 60, test: 30, classes: 3, k: 5 });
    expect(rows.map(({ representation }) => representation)).toEqual(["trained", "untrained", "raw pixels"]);
    const trained = rows[0]!;
    // Chance is 1/3; 30 test pictures have a standard deviation of 0.086 there: 0.3 is more than three of them.
    expect(trained.knn).toBeGreaterThan(1 / 3 + 0.3);
    expect(trained.linear).toBeGreaterThan(1 / 3 + 0.3);
  });

  it("writes the same vectors, one per picture in the order of the paths, in each format", async () => {
    const of = async (ending: string) => {
      const out = join(folder, `vectors.${ending}`);
      await succeed("image", "embed", test, "--run", run, "--out", out);
      const rows: { id: string; vector: number[] }[] = [];
      for await (const { id, vector } of readVectors(out)) rows.push({ id, vector: Array.from(vector) });
      return rows;
    };
    const jsonl = await of("jsonl");
    expect(jsonl.map(({ id }) => id)).toEqual(paths);
    expect(jsonl.every(({ vector }) => vector.length === 128)).toBe(true);
    expect(await of("parquet")).toEqual(jsonl);
    expect(await of("npy")).toEqual(jsonl);
    const [first] = (await readFile(join(folder, "vectors.jsonl"), "utf8")).split("\n");
    expect(Object.keys(JSON.parse(first!) as object)).toEqual(["path", "vector"]);
  });

  it("draws a sheet of views, the same for the same seed", async () => {
    const draw = async (name: string) => {
      const out = join(folder, name);
      await succeed("image", "preview", train, "--out", out, "--pictures", 3, "--views", 4);
      return readFile(out);
    };
    const sheet = await draw("sheet.png");
    const { format, width, height } = await sharp(sheet).metadata();
    expect(format).toBe("png");
    expect(width).toBeGreaterThanOrEqual(5 * 32); // the picture and four views of 32 px
    expect(height).toBeGreaterThanOrEqual(3 * 32);
    expect(await draw("again.png")).toEqual(sheet);
  });
});

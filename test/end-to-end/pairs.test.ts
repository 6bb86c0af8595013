import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { load, openTwoTowers, readReport } from "@nearfar/runs";
import { loadEngine } from "@nearfar/tensor";
import { realData } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { drawPairs } from "./drawPairs.ts";
import { nearfar } from "./nearfar.ts";
import { runBytes } from "./runBytes.ts";
import { succeed } from "./succeed.ts";
import { suiteFolder } from "./suiteFolder.ts";

const folder = suiteFolder();
const at = (...names: string[]) => join(folder, ...names);
const shapes = ["disc", "square", "triangle"];
const drawn = [...["--config", "icons", "--size", 32, "--dimensions", 16, "--batch", 12, "--seed", 0]];

interface Evaluation {
  readonly retrieval: Readonly<Record<"imageToText" | "textToImage", { recall: Record<string, number> }>>;
}

describe("nearfar pairs on drawn shapes, from training to vectors", () => {
  beforeAll(async () => {
    loadEngine();
    await drawPairs(at("train"), { each: 16 });
    await succeed("pairs", "train", at("train"), "--run", at("run"), "--steps", 120, ...drawn);
  }, 300_000);

  it("records what was trained, and lowers the loss below chance", async () => {
    const run = await load(at("run"));
    expect(run.configuration).toMatchObject({ method: "clip", encoder: "conv and static", batch: 12, steps: 120 });
    expect(await readReport({ dir: at("run") })).toMatchObject({
      pictures: 48,
      seen: 1440,
      unreadable: [],
      damaged: {},
    });
    const log = (await readFile(at("run", "log.jsonl"), "utf8")).trim().split("\n");
    const losses = log.map((line) => (JSON.parse(line) as { loss: number }).loss);
    // Embeddings that know nothing have ln(12); three shapes in a batch of 12 leave ln(4) of it.
    expect(losses.at(-1)!).toBeLessThan(Math.log(12) - 0.5);
  }, 300_000);

  it("finds the shape that a text names, in pictures that it has not seen", async () => {
    await drawPairs(at("other"), { each: 4, seed: 1 });
    const run = await load(at("run"));
    const texts = await run.embed(shapes);
    const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
    let right = 0;
    for (const [own, shape] of shapes.entries()) {
      const files = ["000.jpg", "001.png", "002.jpg", "003.png"].map((name) => readFile(at("other", shape, name)));
      for (const picture of await run.embedPictures(await Promise.all(files))) {
        const cosines = texts.map((text) => cosine(text, picture));
        if (cosines.indexOf(Math.max(...cosines)) === own) right++;
      }
    }
    // 12 pictures: chance is 4, with a standard deviation of 1.6; 9 is three of them above.
    expect(right).toBeGreaterThanOrEqual(9);
  }, 300_000);

  it("interrupted by Ctrl-C and resumed, is byte for byte the run that never was, for any number of workers", async () => {
    const train = (run: string) => ["pairs", "train", at("train"), "--run", at(run), "--steps", 100, ...drawn];
    const stopped = await nearfar(train("stopped"), { interruptAt: "training" });
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toMatch(/Stopped after step \d+ of 100; saved\. Run the same command with --resume/);
    await succeed(...train("stopped"), "--resume", "--workers", 2);
    await succeed(...train("whole"), "--workers", 0);
    const [resumed, whole] = [await runBytes(at("stopped")), await runBytes(at("whole"))];
    for (const name of ["run.json", "log.jsonl", "checkpoints/step-00000100.safetensors"])
      expect(resumed[name], name).toBe(whole[name]!);
  }, 300_000);
});

describe("towers of this project's own runs, joined", () => {
  it("start from a run of pictures and a run of texts, and again from what came of it with one tower locked", async () => {
    const captions = await drawPairs(at("images"), { each: 12, seed: 2 });
    await writeFile(at("captions.txt"), `${captions.join("\n")}\n`);
    await succeed("image", "train", at("images"), "--run", at("pictures"), "--steps", 6, "--batch", 8, "--size", 32);
    await succeed("text", "train", at("captions.txt"), "--run", at("sentences"), "--steps", 6, "--batch", 8, "--init", "small", "--dimensions", 32, "--method", "simcse"); // prettier-ignore
    expect(existsSync(at("pictures", "model", "config.json"))).toBe(true);
    const joined = ["--config", "joined", "--image", at("pictures"), "--text", at("sentences"), "--dimensions", 16, "--batch", 8]; // prettier-ignore
    await succeed("pairs", "train", at("images"), "--run", at("joined"), "--steps", 6, ...joined);
    const towers = await openTwoTowers(at("joined"));
    expect(towers.dimensions).toBe(16);
    towers.dispose();

    const again = ["--image", at("joined"), "--text", at("joined"), "--lock", "text", "--dimensions", 16, "--batch", 8];
    await succeed("pairs", "train", at("images"), "--run", at("locked"), "--steps", 4, "--config", "joined", ...again);
    const text = async (run: string) => readFile(at(run, "model", "text", "model.safetensors"));
    expect((await text("locked")).equals(await text("joined"))).toBe(true);
  }, 300_000);
});

const flickr = realData("flickr8k");

describe("Flickr8k", () => {
  it.skipIf(flickr.missing)(
    `finds captions and photographs five times as often as chance after ten seconds ${flickr.reason}`,
    async () => {
      const files = [join(flickr.path, "captions.tsv.gz"), "--images", join(flickr.path, "flickr8k-128px-jpg.tar.gz")];
      const net = ["--config", "photos", "--size", 32, "--text", "static", "--dimensions", 64, "--batch", 128];
      await succeed("pairs", "train", ...files, "--where", "split=train", "--run", at("flickr"), "--steps", 80, ...net);
      const { stdout } = await succeed("pairs", "evaluate", ...files, "--where", "split=dev", "--run", at("flickr"), "--json"); // prettier-ignore
      const { retrieval } = JSON.parse(stdout) as Evaluation;
      // Chance among 1,000 photographs with 5 captions each is 1 % in both directions, with a standard deviation of 0.3 % (1,000 pictures) and less.
      for (const direction of ["imageToText", "textToImage"] as const)
        expect(retrieval[direction].recall["recall@10"], direction).toBeGreaterThan(0.025);
    },
    300_000,
  );
});

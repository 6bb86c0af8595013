import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { configurationFor, trainPairs, type Settings, type TrainPairsOptions } from "@nearfar/cross-modal-search";
import { openShards, writeShards, type PairSet } from "@nearfar/data";
import { load, loadCheckpoint, openTwoTowers } from "@nearfar/runs";
import { leaves, loadEngine, tf, type Params } from "@nearfar/tensor";
import { runDigest, temporaryFolder, tensorCount } from "@nearfar/testing";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { drawnPairs } from "./drawnPairs.ts";

beforeAll(() => void loadEngine());

const small = (changes: Partial<Settings> = {}): Settings => ({
  ...configurationFor("icons"),
  seed: 0,
  size: 16,
  dimensions: 16,
  conv: { widths: [8, 16], strides: [2, 2], pool: "places" },
  transformer: { width: 16, layers: 1, heads: 2 },
  vit: { patch: 8, width: 16, layers: 1, heads: 2 },
  vocabulary: 60,
  maxTokens: 12,
  views: { crop: [1, 1], flip: 0, shift: 2, jitter: 0 },
  tags: false,
  keepWords: 0.6,
  batch: 12,
  length: { steps: 12 },
  ...changes,
});

async function trained(settings: Settings, options: TrainPairsOptions = {}, pairs: PairSet = drawnPairs()) {
  const dir = join(temporaryFolder(), "run");
  const lines: string[] = [];
  const report = await trainPairs(pairs, dir, settings, { workers: 0, say: (line) => lines.push(line), ...options });
  return { dir, report, lines };
}

const png = (set: PairSet, i: number): Promise<Uint8Array> => {
  const { source } = set;
  if (source.kind !== "pixels") throw new Error("drawn pairs are pixels");
  const data = new Uint8Array(source.buffer).slice(source.offsets[i]!, source.offsets[i + 1]!);
  return sharp(data, { raw: { width: source.widths[i]!, height: source.heights[i]!, channels: 3 } })
    .png()
    .toBuffer();
};

describe("trainPairs", () => {
  it("learns which words say what is pictured, and keeps a model that others open", async () => {
    const dev = drawnPairs({ each: 1, seed: 1 });
    const { dir, report, lines } = await trained(small({ length: { steps: 150 }, batch: 16 }), {
      evaluate: dev,
      looks: 3,
    });
    expect(lines[0]).toBe("drawn: 64 pictures");
    expect(lines).toContainEqual(expect.stringMatching(/^clip of convnet at 16 px and static with \d+ tokens, 16 dimensions, batch 16: 64 pictures\.$/)); // prettier-ignore
    expect(report).toMatchObject({ steps: 150, pictures: 64, seen: 2400, unreadable: [] });
    expect(existsSync(join(dir, "tokenizer.json"))).toBe(true);
    for (const file of ["config.json", "model.safetensors", "image/config.json", "text/modules.json"])
      expect(existsSync(join(dir, "model", file)), file).toBe(true);

    const run = await load(dir);
    const [text] = await run.embed(["a red disc"]);
    const pictures = await run.embedPictures(await Promise.all(dev.items.map((_, i) => png(dev, i))));
    expect(Math.hypot(...text!)).toBeCloseTo(1, 5);
    const cosines = pictures.map((picture) => picture.reduce((sum, x, i) => sum + x * text![i]!, 0));
    const best = dev.items[cosines.indexOf(Math.max(...cosines))]!;
    // By chance one of 16 pictures; colour or shape alone would be right for 4 of them.
    expect(best.path).toMatch(/^red-|-disc-/);
    const { score } = JSON.parse(readFileSync(join(dir, "best.json"), "utf8")) as { score: number };
    expect(score).toBeGreaterThan(10 / 16 + 0.1); // recall@10 of 16 is 10/16 by chance
  });

  it("is the same for any number of workers, and after a pause, byte for byte", async () => {
    const settings = small({ method: "slip", captions: 2 });
    const whole = await trained(settings, { workers: 0 });
    const digest = runDigest(whole.dir);
    expect(runDigest((await trained(settings, { workers: 2 })).dir)).toEqual(digest);

    const dir = join(temporaryFolder(), "run");
    const paused = trainPairs(drawnPairs(), dir, settings, { workers: 1, pauseAt: 6 });
    await expect(paused).rejects.toThrow("Stopped after step 6 of 12");
    await trainPairs(drawnPairs(), dir, settings, { workers: 1, resume: true });
    expect(runDigest(dir)).toEqual(digest);
    expect(runDigest((await trained({ ...settings, seed: 1 })).dir).sha256).not.toBe(digest.sha256);
  });

  it.each<[string, Partial<Settings>]>([
    ["siglip", { method: "siglip", temperature: 0.1 }],
    ["slip", { method: "slip" }],
    ["several captions", { captions: 2, keepWords: 1 }],
    ["tags", { tags: true }],
    ["a transformer of pieces", { text: "transformer", tokens: "pieces", keepWords: 1 }],
    ["CLIP's transformers", { image: "vit", text: "clip", tokens: "pieces", keepWords: 1 }],
    ["a net of means", { image: "convnet", views: { crop: [0.5, 1], flip: 0.5, shift: 0, jitter: 0.5 } }],
    ["a residual net", { image: "resnet18", length: { steps: 2 }, batch: 4 }],
    ["weighted words", { frequency: 1e-2 }],
  ])("trains %s, and the folder holds the towers that the training had", async (_, changes) => {
    const before = tensorCount();
    const { dir, report } = await trained(small({ length: { steps: 3 }, ...changes }));
    expect(tensorCount()).toBe(before);
    expect(Number.isFinite(report.loss)).toBe(true);
    const towers = await openTwoTowers(dir);
    const { rows, dimensions, data } = await towers.texts.encode(["a red disc", "blue bar"]);
    expect([rows, dimensions]).toEqual([2, 16]);
    expect(Math.hypot(...data.subarray(16))).toBeCloseTo(1, 5);
    const picture = await towers.encodePictures([await png(drawnPairs(), 0)]);
    expect(Math.hypot(...picture.data)).toBeCloseTo(1, 5);
    // Three steps move the scale little from 1 / temperature, 14.3 or 10.
    expect(Math.abs(Math.log(towers.scale * (changes.temperature ?? 0.07)))).toBeLessThan(0.1);
    expect(towers.bias !== 0).toBe(changes.method === "siglip");
    towers.dispose();
    expect(tensorCount()).toBe(before);
  });

  it("starts from the towers of other runs, and from those of a run of pairs", async () => {
    const first = await trained(small({ text: "transformer", keepWords: 1 }));
    const changes = { image: first.dir, text: first.dir, size: 0, keepWords: 1, length: { steps: 1 } } as const;
    const rates = { rate: 1e-9, rateImage: 0, rateText: 0 };
    const second = await trained(small({ ...changes, ...rates }));
    const weights = (dir: string, side: string) => readFileSync(join(dir, "model", side, "model.safetensors"));
    expect(weights(second.dir, "text").equals(weights(first.dir, "text"))).toBe(true);
  });

  it.each(["image", "text"] as const)(
    "leaves a locked tower of %ss as it is, and makes its vectors once",
    async (lock) => {
      const first = await trained(small({ text: "transformer", keepWords: 1 }));
      const settings = small({ image: first.dir, text: first.dir, size: 0, keepWords: 1, lock });
      const { dir, report } = await trained(settings);
      const file = readFileSync(join(dir, "model", lock, "model.safetensors"));
      expect(file.equals(readFileSync(join(first.dir, "model", lock, "model.safetensors")))).toBe(true);
      expect(existsSync(join(dir, `locked-${lock}.safetensors`))).toBe(true);
      expect(report).toMatchObject({ steps: 12 });
      const again = join(temporaryFolder(), "run");
      const paused = trainPairs(drawnPairs(), again, settings, { workers: 0, pauseAt: 6 });
      await expect(paused).rejects.toThrow("Stopped after step 6");
      await trainPairs(drawnPairs(), again, settings, { workers: 0, resume: true });
      expect(runDigest(again)).toEqual(runDigest(dir));
    },
  );

  it("moves a tower whose rate is 0 nowhere, and the others", async () => {
    const { dir } = await trained(small({ rateImage: 0 }));
    const at = async (step: number) => (await loadCheckpoint({ dir }, { step })).trees.params as Params;
    const [start, end] = [leaves(await at(0)), leaves(await at(12))];
    const moved = (path: string) =>
      tf.tidy(() => tf.max(tf.abs(tf.sub(start.get(path)!, end.get(path)!))).dataSync()[0]!);
    expect(moved("image.encoder.conv1.weight")).toBe(0);
    expect(moved("image.projection.weight")).toBeGreaterThan(0);
    expect(moved("text.encoder.embedding.weight")).toBeGreaterThan(0);
    tf.dispose([...start.values(), ...end.values()]);
  });

  it("trains on shards, from which it goes on in the middle", async () => {
    const set = drawnPairs();
    const folder = temporaryFolder();
    const inputs = await Promise.all(
      set.items.map(async ({ captions }, i) => ({
        key: String(i).padStart(3, "0"),
        picture: await png(set, i),
        captions,
      })),
    );
    await writeShards(folder, inputs, { perShard: 20, name: "pairs" });
    const shards = () => openShards(join(folder, "pairs-*.tar"));
    const settings = small();
    const run = async (name: string, options: TrainPairsOptions) => {
      await trainPairs(await shards(), join(folder, name), settings, { workers: 0, ...options });
      return runDigest(join(folder, name));
    };
    const whole = await run("whole", {});
    await expect(run("parts", { pauseAt: 5 })).rejects.toThrow("Stopped after step 5");
    expect(await run("parts", { resume: true, workers: 1 })).toEqual(whole);
    const epochs = trainPairs(await shards(), join(folder, "epochs"), small({ length: { epochs: 1 } }), { workers: 0 });
    await expect(epochs).rejects.toThrow("--steps or --budget");
  });

  it.each<[string, Partial<Settings>, PairSet | undefined, string]>([
    ["one pair", {}, { ...drawnPairs(), items: drawnPairs().items.slice(0, 1) }, "at least 2 pictures with a caption"],
    ["one caption for all", {}, { ...drawnPairs(), items: drawnPairs().items.map(({ path }) => ({ path, captions: ["it"] })) }, "have the same caption"], // prettier-ignore
    ["a batch beyond the pictures", { batch: 1000 }, undefined, "1000"],
    ["a tower that is nowhere", { image: "nowhere" }, undefined, "--image: convnet, conv"],
    ["a locked new tower", { lock: "text" }, undefined, "a new tower knows nothing"],
    ["no share of words", { keepWords: 0 }, undefined, "keep-words: a share above 0"],
  ])("refuses %s in one line", async (_, changes, pairs, message) => {
    const error: unknown = await trained(small({ keepWords: 1, ...changes }), {}, pairs).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ name: "UserError", message: expect.stringContaining(message) as string });
    expect((error as Error).message).not.toContain("\n");
  });
});

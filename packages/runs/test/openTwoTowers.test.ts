import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { newImageEncoder, projection, startStatic, writeImageModel, writeImageTextModel } from "@nearfar/encoders";
import type { ImageEncoderSettings } from "@nearfar/encoders";
import type { Preprocessing } from "@nearfar/formats";
import { decodeImage, preprocess } from "@nearfar/image-augmentation";
import { key } from "@nearfar/random";
import { createRun, load, openTwoTowers } from "@nearfar/runs";
import { loadEngine, tf } from "@nearfar/tensor";
import { temporaryFolder, tensorCount } from "@nearfar/testing";
import { trainTokenizer } from "@nearfar/tokenizers";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => void loadEngine());

const D = 4;
const settings: ImageEncoderSettings = { kind: "convnet", widths: [3], strides: [2], grid: 0 };
const preprocessing: Preprocessing = { size: 8, fit: "crop", resample: "bicubic", mean: [0.5, 0.5, 0.5], deviation: [0.2, 0.3, 0.4] }; // prettier-ignore

async function writeTowers(folder: string): Promise<void> {
  const start = startStatic(trainTokenizer(["red disc", "blue bar", "red bar"], { vocabulary: 30 }), {
    dimensions: D,
    deviation: 1,
    maxTokens: 8,
  });
  const image = newImageEncoder(settings).init(key(1));
  const table = start.encoder.init(key(2));
  const head = projection(3, D).init(key(3));
  const texts = start.model(table);
  await writeImageTextModel(folder, {
    images: { write: (into) => writeImageModel(into, { settings, params: image, preprocessing }) },
    texts,
    projections: { image: head },
    dimensions: D,
    scale: 10,
  });
  texts.dispose();
  tf.dispose([image, table, head] as never);
}

const picture = (r: number, width = 20, height = 12): Promise<Uint8Array> =>
  sharp({ create: { width, height, channels: 3, background: { r, g: 40, b: 90 } } })
    .png()
    .toBuffer();

describe("openTwoTowers", () => {
  it("opens a model folder and a run, whose vectors have length 1 and do not depend on what stands beside them", async () => {
    const before = tensorCount();
    const dir = join(temporaryFolder(), "run");
    await (await createRun(dir, { method: "clip", encoder: "convnet and static", seed: 0, batch: 2 })).close();
    await expect(openTwoTowers(dir)).rejects.toThrow("has no model yet");
    await writeTowers(join(dir, "model"));
    const towers = await openTwoTowers(dir);
    expect([towers.dimensions, towers.bias]).toEqual([D, 0]);
    expect(towers.scale).toBeCloseTo(10, 4);

    const pictures = await Promise.all(Array.from({ length: 35 }, (_, i) => picture(7 * i, 10 + i)));
    const { rows, dimensions, data } = await towers.encodePictures(pictures);
    expect([rows, dimensions]).toEqual([35, D]);
    const alone = await towers.encodePictures([pictures[33]!]);
    alone.data.forEach((x, i) => expect(data[33 * D + i]).toBeCloseTo(x, 5));
    expect(Math.hypot(...alone.data)).toBeCloseTo(1, 5);
    expect(await towers.encodePictures([])).toMatchObject({ rows: 0, dimensions: D });

    const same = await openTwoTowers(join(dir, "model"));
    expect((await same.encodePictures(pictures)).data).toEqual(data);
    const [vector] = await (await load(dir)).embedPictures([pictures[33]!]);
    expect(vector).toEqual(alone.data);
    const [text] = await (await load(dir)).embed(["red disc"]);
    expect(text).toEqual((await same.texts.encode(["red disc"])).data);
    towers.dispose();
    same.dispose();
    expect(tensorCount() - before).toBeLessThan(40); // what the two loaded runs keep
  });

  it("prepares pictures as the folder says", async () => {
    const folder = join(temporaryFolder(), "towers");
    await writeTowers(folder);
    const towers = await openTwoTowers(folder);
    const bytes = await picture(200);
    const image = await decodeImage(bytes, { size: 8, minScale: 1 });
    const { openImageTextModel } = await import("@nearfar/encoders");
    const model = await openImageTextModel(folder);
    const expected = await model.images.encode(preprocess(image, preprocessing));
    expect((await towers.encodePictures([bytes])).data).toEqual(expected.data);
    model.dispose();
    towers.dispose();
  });

  it("names the place of a picture that is none, and a folder that holds no towers", async () => {
    const folder = join(temporaryFolder(), "towers");
    await writeTowers(folder);
    const towers = await openTwoTowers(folder);
    const pictures = await Promise.all(Array.from({ length: 40 }, () => picture(9)));
    pictures[36] = new TextEncoder().encode("a text file named .png");
    await expect(towers.encodePictures(pictures)).rejects.toMatchObject({
      name: "UserError",
      message: expect.stringMatching(/^Picture 37 of the list: .*not a JPEG/) as string,
    });
    towers.dispose();
    await expect(openTwoTowers(join(folder, "nowhere"))).rejects.toMatchObject({ name: "UserError" });
    const empty = join(temporaryFolder(), "empty");
    mkdirSync(empty);
    await expect(openTwoTowers(empty)).rejects.toMatchObject({ name: "UserError" });
  });

  it("tells a run without towers from one with", async () => {
    const dir = join(temporaryFolder(), "run");
    await (await createRun(dir, { method: "simclr", encoder: "convnet", seed: 0, batch: 2 })).close();
    await expect((await load(dir)).embedPictures([])).rejects.toThrow("holds no two towers of pictures and texts");
  });
});

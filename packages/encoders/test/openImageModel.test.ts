import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { newImageEncoder, openImageModel, writeImageModel, type ImageEncoderSettings } from "@nearfar/encoders";
import type { Preprocessing } from "@nearfar/formats";
import { key } from "@nearfar/random";
import { loadEngine, tf } from "@nearfar/tensor";
import { noise, temporaryFolder, tensorCount } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => void loadEngine());

const preprocessing: Preprocessing = {
  size: 16,
  fit: "crop",
  resample: "bilinear",
  mean: [0.5, 0.4, 0.3],
  deviation: [0.3, 0.2, 0.1],
};
const conv: ImageEncoderSettings = { kind: "convnet", widths: [4, 6], strides: [2, 2], grid: 4 };

async function written(settings: ImageEncoderSettings) {
  const folder = join(temporaryFolder(), "model");
  const params = newImageEncoder(settings).init(key(1));
  await writeImageModel(folder, { settings, params, preprocessing });
  return { folder, params };
}

describe("openImageModel", () => {
  it.each<ImageEncoderSettings>([
    conv,
    { kind: "convnet", widths: [4], strides: [1], grid: 0 },
    { kind: "resnet", depth: 18, stem: "small" },
  ])("gives what was written: %j", async (settings) => {
    const before = tensorCount();
    const { folder, params } = await written(settings);
    const model = await openImageModel(folder);
    expect(model).toMatchObject({ name: "model", settings, preprocessing });
    const pixels = Float32Array.from(noise("pictures", 3 * 16 * 16 * 3));
    const encoder = newImageEncoder(settings);
    const expected = tf.tidy(() =>
      encoder.apply(params, tf.tensor4d(pixels, [3, 16, 16, 3]), { training: false }).dataSync(),
    );
    const { rows, dimensions, data } = await model.encode(pixels);
    expect([rows, dimensions]).toEqual([3, encoder.features]);
    expect(data).toEqual(expected);
    model.dispose();
    tf.dispose(params as never);
    expect(tensorCount()).toBe(before);
  });

  it("encodes no picture, and refuses parts of one", async () => {
    const { folder } = await written(conv);
    const model = await openImageModel(folder);
    expect(await model.encode(new Float32Array())).toMatchObject({ rows: 0 });
    await expect(model.encode(new Float32Array(5))).rejects.toThrow("pictures are [n, 16, 16, 3]; got 5 numbers");
    model.dispose();
  });

  const config = { model_type: "nearfar-image", encoder: conv, preprocessing };
  it.each<[string, object, string]>([
    ["another kind of model", { ...config, model_type: "bert" }, "a model of pictures was expected"],
    ["an unknown network", { ...config, encoder: { kind: "lstm" } }, "convnet, resnet and vit are known"],
    ["no network", { ...config, encoder: null }, '"encoder" is no network'],
    ["other sizes", { ...config, encoder: { ...conv, widths: [4, 8] } }, "bn2.weight is [6], not [8]|conv2.weight is"],
    [
      "sizes beyond the file",
      { ...config, encoder: { ...conv, widths: [65536, 65536] } },
      "larger than the file of weights",
    ],
    ["sizes that are none", { ...config, encoder: { ...conv, widths: ["4", 6] } }, '"encoder" is no network'],
    ["no preprocessing", { ...config, preprocessing: undefined }, '"preprocessing" has a size'],
    ["a deviation of 0", { ...config, preprocessing: { ...preprocessing, deviation: [1, 0, 1] } }, '"preprocessing" has a size'], // prettier-ignore
    ["a size that fits nowhere", { ...config, preprocessing: { ...preprocessing, size: 1e6 } }, '"preprocessing" has a size'], // prettier-ignore
  ])("refuses %s, and names the file", async (_, json, message) => {
    const before = tensorCount();
    const { folder, params } = await written(conv);
    tf.dispose(params as never);
    writeFileSync(join(folder, "config.json"), JSON.stringify(json));
    const error = (await openImageModel(folder).catch((thrown: unknown) => thrown)) as Error;
    expect(error.name).toBe("UserError");
    expect(error.message).toMatch(new RegExp(message.replace(/[[\]().]/g, "\\$&")));
    expect(error.message).toContain(folder);
    expect(tensorCount()).toBe(before);
  });

  it("refuses a file of weights that is cut or not there", async () => {
    const { folder } = await written(conv);
    const weights = join(folder, "model.safetensors");
    writeFileSync(weights, readFileSync(weights).subarray(0, 900));
    await expect(openImageModel(folder)).rejects.toMatchObject({ name: "UserError" });
    const empty = join(temporaryFolder(), "empty");
    mkdirSync(empty);
    writeFileSync(join(empty, "config.json"), JSON.stringify(config));
    await expect(openImageModel(empty)).rejects.toThrow("no such file; a model of pictures has its weights there");
  });
});

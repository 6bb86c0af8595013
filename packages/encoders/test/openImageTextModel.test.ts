import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  newImageEncoder,
  openImageTextModel,
  projection,
  startClipText,
  startStatic,
  startTransformer,
  writeImageModel,
  writeImageTextModel,
  type ImageEncoderSettings,
  type TextStart,
} from "@nearfar/encoders";
import type { Preprocessing } from "@nearfar/formats";
import { key } from "@nearfar/random";
import { loadEngine, normalize, tf, type Params, type Tensor2D } from "@nearfar/tensor";
import { noise, temporaryFolder, tensorCount } from "@nearfar/testing";
import { trainTokenizer } from "@nearfar/tokenizers";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => void loadEngine());

const tokenizer = trainTokenizer(["a red disc", "a blue bar", "the red bar"], { vocabulary: 40 });
const settings: ImageEncoderSettings = { kind: "convnet", widths: [4, 6], strides: [2, 2], grid: 0 };
const preprocessing: Preprocessing = {
  size: 8,
  fit: "squash",
  resample: "bicubic",
  mean: [0, 0, 0],
  deviation: [1, 1, 1],
};
const D = 5;

/** Two towers into 5 dimensions; those of texts by the start, with a projection where its width is another. */
async function written(text: TextStart) {
  const folder = join(temporaryFolder(), "pairs");
  const image = newImageEncoder(settings).init(key(1));
  const texts = text.encoder.init(key(2));
  const head = (features: number, seed: number) => projection(features, D).init(key(seed));
  const projections = {
    image: head(6, 3),
    ...(text.encoder.features !== D && { text: head(text.encoder.features, 4) }),
  };
  const model = text.model(texts);
  await writeImageTextModel(folder, {
    images: { write: (into) => writeImageModel(into, { settings, params: image, preprocessing }) },
    texts: model,
    projections,
    dimensions: D,
    scale: 20,
    bias: -3,
  });
  const free = () => {
    model.dispose();
    tf.dispose([image, texts, projections] as never);
  };
  return { folder, image, texts, projections, free };
}

const starts: Readonly<Record<string, () => TextStart>> = {
  "word vectors of the space itself": () =>
    startStatic(tokenizer, { dimensions: D, deviation: 1, maxTokens: 16, normalize: false }),
  "a transformer": () => startTransformer(tokenizer, { dimensions: 8, layers: 1, heads: 2, maxTokens: 16, normalize: false }), // prettier-ignore
  "CLIP's transformer": () => startClipText(tokenizer, { width: 8, layers: 1, heads: 2, maxTokens: 16, normalize: false }), // prettier-ignore
};

describe("openImageTextModel", () => {
  it.each(Object.keys(starts))("gives the vectors that were trained, with %s", async (name) => {
    const before = tensorCount();
    const start = starts[name]!();
    const { folder, image, texts, projections, free } = await written(start);
    const model = await openImageTextModel(folder);
    expect([model.name, model.dimensions, model.bias]).toEqual(["pairs", D, -3]);
    expect(model.scale).toBeCloseTo(20, 5);

    const pixels = Float32Array.from(noise("pictures", 2 * 8 * 8 * 3));
    const unit = (rows: Tensor2D, head: Params | undefined) =>
      normalize(head ? tf.matMul(rows, head.weight as Tensor2D) : rows).dataSync();
    const expectedImages = tf.tidy(
      () =>
      unit(newImageEncoder(settings).apply(image, tf.tensor4d(pixels, [2, 8, 8, 3]), { training: false }), projections.image), // prettier-ignore
    );
    (await model.images.encode(pixels)).data.forEach((x, i) => expect(x).toBeCloseTo(expectedImages[i]!, 5));

    const captions = ["a red disc", "the blue bar"];
    const own = start.model(texts);
    const { rows, dimensions, data } = await own.encode(captions);
    const expectedTexts = tf.tidy(() => unit(tf.tensor2d(data, [rows, dimensions]), projections.text));
    (await model.texts.encode(captions)).data.forEach((x, i) => expect(x).toBeCloseTo(expectedTexts[i]!, 5));
    expect(await model.texts.encode([])).toMatchObject({ rows: 0, dimensions: D });
    own.dispose();
    model.dispose();
    free();
    expect(tensorCount()).toBe(before);
  });

  it.each<[string, (folder: string, other: string) => void, string]>([
    ["another kind of model", (folder) => edit(folder, { model_type: "bert" }), "two towers were expected"],
    ["other dimensions", (folder) => edit(folder, { dimensions: 7 }), "both towers have 7 dimensions; got 5"],
    ["a tower of another model", (folder, other) => cpSync(join(other, "text"), join(folder, "text"), { recursive: true }), "a matrix [12, d] was expected"], // prettier-ignore
    ["a missing tower", (folder) => cpSync(join(folder, "config.json"), join(folder, "image", "config.json")), "a model of pictures was expected"], // prettier-ignore
  ])("refuses %s, and leaves no tensor behind", async (_, spoil, message) => {
    const before = tensorCount();
    const first = await written(starts["a transformer"]!());
    const second = await written(startTransformer(tokenizer, { dimensions: 12, layers: 1, heads: 2, maxTokens: 16 }));
    spoil(first.folder, second.folder);
    await expect(openImageTextModel(first.folder)).rejects.toMatchObject({
      name: "UserError",
      message: expect.stringContaining(message) as string,
    });
    first.free();
    second.free();
    expect(tensorCount()).toBe(before);
  });
});

function edit(folder: string, changes: object): void {
  const file = join(folder, "config.json");
  writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, "utf8")) as object), ...changes }));
}

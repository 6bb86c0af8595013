import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  clipModel,
  clipText,
  openClip,
  visionTransformer,
  writeClip,
  writeModel,
  type ClipModel,
} from "@nearfar/encoders";
import { UserError } from "@nearfar/formats";
import { key } from "@nearfar/random";
import { leaves, loadEngine, type Params } from "@nearfar/tensor";
import { noise, temporaryFolder } from "@nearfar/testing";
import { trainTokenizer } from "@nearfar/tokenizers";
import { beforeAll, describe, expect, it } from "vitest";

const golden = join(import.meta.dirname, "golden/clip");
const texts = ["a photo of a cat", "Two dogs in the rain!", ""];
const values = (params: Params) => new Map([...leaves(params)].map(([path, leaf]) => [path, leaf.dataSync()]));

beforeAll(() => void loadEngine());

async function expectSame(read: ClipModel, model: ClipModel): Promise<void> {
  for (const tower of ["images", "texts"] as const) {
    expect(read[tower].encoder.config).toEqual(model[tower].encoder.config);
    expect(values(read[tower].params)).toEqual(values(model[tower].params));
  }
  expect(read.images.preprocessing).toEqual(model.images.preprocessing);
  expect(read.texts.config).toEqual(model.texts.config);
  expect([read.scale, read.bias]).toEqual([expect.closeTo(model.scale, 4), expect.closeTo(model.bias, 6)]);
  const { size } = model.images.preprocessing;
  const pixels = Float32Array.from(noise("images", 2 * size * size * 3));
  expect((await read.images.encode(pixels)).data).toEqual((await model.images.encode(pixels)).data);
  expect((await read.texts.encode(texts)).data).toEqual((await model.texts.encode(texts)).data);
}

/** Towers of CLIP's form made here, with a tokenizer of this project. */
function own(image: object = {}, text: object = {}): ClipModel {
  const tokenizer = trainTokenizer(texts, { vocabulary: 60 });
  const size = { width: 16, heads: 2, out: 12 };
  const images = visionTransformer({ size: 16, patch: 8, depth: 1, ...size, ...image });
  const words = { vocabularySize: tokenizer.vocabularySize, tokens: 10, layers: 1, ...size };
  const written = clipText({ ...words, end: tokenizer.special.end!, ...text });
  const preprocessing = { size: 16, fit: "squash", resample: "bilinear", mean: [0.5, 0.4, 0.3], deviation: [0.2, 0.3, 0.25] } as const; // prettier-ignore
  return clipModel(
    {
      images: { encoder: images, params: images.init(key(1)), preprocessing },
      texts: { encoder: written, params: written.init(key(2)), tokenizer },
    },
    { scale: 20 },
  );
}

describe("writeClip", () => {
  it.each(["clip", "siglip"])("writes the folder of a %s, read as it was", async (kind) => {
    const model = await openClip(join(golden, kind));
    const folder = join(temporaryFolder(), "new", "model");
    await writeClip(folder, model);
    const read = await openClip(folder);
    await expectSame(read, model);
    expect(readdirSync(folder).sort()).toEqual(["config.json", "model.safetensors", "preprocessor_config.json", "special_tokens_map.json", "tokenizer.json", "tokenizer_config.json"]); // prettier-ignore
    const json = (name: string) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Record<string, unknown>;
    const before = (name: string) => JSON.parse(readFileSync(join(golden, kind, name), "utf8")) as Record<string, object>; // prettier-ignore
    // What transformers wrote, it finds again: all but what only its own training reads.
    const { text_config: text, vision_config: vision, architectures } = before("config.json");
    for (const part of [text, vision] as Record<string, unknown>[])
      for (const name of ["initializer_factor", "initializer_range", "vision_use_head"]) delete part[name];
    delete (text as Record<string, unknown>).projection_dim; // of no use there
    if (kind === "clip") delete (vision as Record<string, unknown>).projection_dim;
    else delete (text as Record<string, unknown>).bos_token_id;
    expect(json("config.json")).toMatchObject({ architectures, text_config: text, vision_config: vision });
    expect(json("preprocessor_config.json")).toMatchObject({ size: before("preprocessor_config.json").size });
    expect(json("tokenizer_config.json").eos_token).toBe(kind === "clip" ? "<|endoftext|>" : "</s>");
    for (const one of [model, read]) one.dispose();
  });

  it("writes towers made here as a CLIP", async () => {
    const model = own({ activation: "quick-gelu" });
    const folder = temporaryFolder();
    await writeClip(folder, model);
    const read = await openClip(folder);
    await expectSame(read, model);
    for (const one of [model, read]) one.dispose();
  });

  it("writes the rule of the largest token as older files state it", async () => {
    const model = own({}, { end: "largest" });
    const folder = temporaryFolder();
    await writeClip(folder, model);
    const read = await openClip(folder);
    expect(read.texts.encoder.config.end).toBe("largest");
    for (const one of [model, read]) one.dispose();
  });

  it.each([{ pooling: "mean" }, { firstNorm: false }, { patchBias: true }])(
    "refuses a picture tower that CLIP has not: %j",
    async (image) => {
      const model = own(image);
      await expect(writeClip(temporaryFolder(), model)).rejects.toThrow(/neither kind/);
      model.dispose();
    },
  );

  it("refuses texts that look both ways, and a folder that it cannot make", async () => {
    const model = own({}, { causal: false });
    await expect(writeClip(temporaryFolder(), model)).rejects.toThrow(RangeError);
    model.dispose();
    const clip = await openClip(join(golden, "clip"));
    await expect(writeClip(join(golden, "clip", "config.json", "model"), clip)).rejects.toThrow(UserError);
    clip.dispose();
    const siglip = await openClip(join(golden, "siglip"));
    await expect(writeModel(temporaryFolder(), siglip.texts)).rejects.toThrow(/both towers by writeClip/);
    siglip.dispose();
  });
});

describe("clipModel", () => {
  it("refuses towers into two spaces, and pictures of another size", () => {
    expect(() => own({ out: 8 })).toThrow("vectors of 8 of pictures and 12 of texts");
    expect(() => own({ size: 32 })).toThrow("32; got 16");
  });
});

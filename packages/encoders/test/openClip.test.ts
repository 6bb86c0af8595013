import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { clipText, openClip, packTokens, type ClipModel } from "@nearfar/encoders";
import { readSafetensorsFile, UserError, writeSafetensorsFile, type NamedArray } from "@nearfar/formats";
import { key } from "@nearfar/random";
import {
  leaves,
  loadEngine,
  seedOf,
  statistics,
  tf,
  valueAndGradients,
  type Scalar,
  type Tensor2D,
  type Tensor4D,
} from "@nearfar/tensor";
import { noise, relativeError, temporaryFolder, tensorCount } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { distance } from "./distance.ts";

type Digests = Record<string, readonly [number, number]>;
interface Case {
  texts: string[];
  ids: number[][];
  textFeatures: number[];
  legacyTextFeatures?: number[];
  imageFeatures: number[];
  logitsPerImage: number[];
  textGradients: Digests;
  imageGradients: Digests;
}

const golden = join(import.meta.dirname, "golden/clip");
// Source: golden/makeClip.py, transformers 5.24.0 in float64.
const { cases } = JSON.parse(readFileSync(join(import.meta.dirname, "golden/clip.json"), "utf8")) as {
  cases: Record<"clip" | "siglip", Case>;
};
const kinds = ["clip", "siglip"] as const;
const pixels = () => Float32Array.from(noise("images", 3 * 26 * 26 * 3));

beforeAll(() => void loadEngine());

async function using<T>(folder: string, f: (model: ClipModel) => Promise<T> | T): Promise<T> {
  const model = await openClip(folder);
  try {
    return await f(model);
  } finally {
    model.dispose();
  }
}

/** A copy of a golden folder that a test may break. */
function copyOf(kind: string): string {
  const folder = join(temporaryFolder(), "model");
  cpSync(join(golden, kind), folder, { recursive: true });
  return folder;
}

type Json = Record<string, Record<string, unknown>>;
function change(file: string, alter: (json: Json) => void): void {
  const json = JSON.parse(readFileSync(file, "utf8")) as Json;
  alter(json);
  writeFileSync(file, JSON.stringify(json));
}

const units = (rows: readonly number[], d: number) =>
  rows.map((value, i) => value / Math.hypot(...rows.slice(d * Math.floor(i / d), d * (Math.floor(i / d) + 1))));

describe.each(kinds)("openClip: %s, against transformers in float64", (kind) => {
  const { texts, ids, textFeatures, imageFeatures, logitsPerImage } = cases[kind];
  const folder = join(golden, kind);
  const d = textFeatures.length / texts.length;

  it("has the ids of its tokenizer, padded as the texts of SigLIP are", async () => {
    await using(folder, ({ texts: { tokenizer, config } }) => {
      const own = texts.map((text) => tokenizer.wrap(tokenizer.encode(text), config.maxTokens));
      own.forEach((list, i) => {
        const theirs = ids[i]!;
        expect([...list]).toEqual(theirs.slice(0, list.length));
        expect(new Set(theirs.slice(list.length)).size).toBeLessThanOrEqual(1); // padding alone
      });
      expect(new Set(own.map(({ length }) => length)).size === 1).toBe(kind === "siglip");
    });
  });

  it("gives their features, before and after they are of length 1", async () => {
    await using(folder, async ({ images, texts: own, dimensions, name }) => {
      expect([dimensions, images.dimensions, own.dimensions, name]).toEqual([d, d, d, kind]);
      const { tokenizer, encoder, params, config } = own;
      const rows = tf.tidy(() => {
        const lists = texts.map((text) => tokenizer.wrap(tokenizer.encode(text), config.maxTokens));
        return encoder.apply(params, packTokens(lists), { training: false }).dataSync();
      });
      expect(relativeError(rows, textFeatures)).toBeLessThan(1e-4);
      const seen = tf.tidy(() =>
        images.encoder.apply(images.params, tf.tensor4d(pixels(), [3, 26, 26, 3]), { training: false }).dataSync(),
      );
      expect(relativeError(seen, imageFeatures)).toBeLessThan(1e-4);
      expect(relativeError((await own.encode(texts)).data, units(textFeatures, d))).toBeLessThan(1e-4);
      expect(relativeError((await images.encode(pixels())).data, units(imageFeatures, d))).toBeLessThan(1e-4);
      const special = kind === "clip" ? 2 : 1;
      const cut = texts.filter((text) => tokenizer.encode(text).length + special > 14).length; // max_position_embeddings
      expect(cut).toBeGreaterThan(0);
      expect(own.truncated).toBe(cut);
    });
  });

  it("gives their logits by scale and bias", async () => {
    await using(folder, async ({ images, texts: own, scale, bias }) => {
      const [left, right] = [await images.encode(pixels()), await own.encode(texts)];
      const logits = tf.tidy(() => {
        const [a, b] = [left, right].map(({ data, rows }) => tf.tensor2d(data, [rows, d])) as [Tensor2D, Tensor2D];
        return tf.add(tf.mul(tf.matMul(a, b, false, true), scale), bias).dataSync();
      });
      expect(relativeError(logits, logitsPerImage)).toBeLessThan(1e-4);
      expect([bias, relativeError([scale], [Math.exp(1.25)])]).toEqual([kind === "siglip" ? -2.5 : 0, expect.closeTo(0, 5)]); // prettier-ignore
    });
  });

  it("has their gradients of every leaf, where it trains", async () => {
    await using(folder, ({ images, texts: own }) => {
      const mode = () => ({ training: true, seed: seedOf(key(0)), statistics: statistics() }) as const;
      const cotangent = (y: Tensor2D) => tf.tensor2d(Float32Array.from(noise("cotangent", y.size)), y.shape);
      const agree = (loss: () => Scalar, params: typeof own.params, digests: Digests, nameOf: (path: string) => string) => {
        const { gradients } = valueAndGradients(loss, params);
        expect([...gradients.keys()].map(nameOf).sort()).toEqual(Object.keys(digests).sort());
        // A key's shift has a gradient of 0: errors are parts of the leaf's length or of the mean one.
        const lengths = Object.values(digests).map(([length]) => length);
        const typical = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
        for (const [path, gradient] of gradients)
          expect(distance(nameOf(path), gradient.dataSync(), digests[nameOf(path)]!, typical), path).toBeLessThan(1e-4);
      }; // prettier-ignore
      tf.tidy(() => {
        const lists = texts.map((text) => own.tokenizer.wrap(own.tokenizer.encode(text), own.config.maxTokens));
        const tokens = packTokens(lists);
        const rows = () => own.encoder.apply(own.params, tokens, mode());
        const head = kind === "clip" ? "text_projection" : "text_model.head";
        agree(() => tf.sum(tf.mul(rows(), cotangent(rows()))) as Scalar, own.params, cases[kind].textGradients, (path) =>
          path.startsWith("projection") ? path.replace("projection", head) : `text_model.${path}`,
        ); // prettier-ignore
        const pictures = tf.tensor4d(pixels(), [3, 26, 26, 3]);
        const seen = () => images.encoder.apply(images.params, pictures, mode());
        agree(() => tf.sum(tf.mul(seen(), cotangent(seen()))) as Scalar, images.params, cases[kind].imageGradients, (path) =>
          path.startsWith("projection") ? `visual_${path}` : `vision_model.${path}`,
        ); // prettier-ignore
      });
    });
  });

  it("starts anew with the leaves that the file has", async () => {
    await using(folder, ({ images, texts: own }) => {
      for (const { encoder, params } of [images, own] as const)
        tf.tidy(() => {
          const shapes = (tree: typeof params) => new Map([...leaves(tree)].map(([path, { shape }]) => [path, shape]));
          expect(shapes(encoder.init(key(1)))).toEqual(shapes(params));
        });
    });
  });

  it("leaves nothing behind", async () => {
    await using(folder, (model) => model.texts.encode(["a cat"]));
    const before = [tf.memory().numTensors, tensorCount()];
    await using(folder, async (model) => {
      await model.texts.encode(["a cat", "two dogs"]);
      await model.images.encode(pixels());
    });
    expect([tf.memory().numTensors, tensorCount()]).toEqual(before);
  });
});

describe("openClip", () => {
  it("reads a text at its largest token where the file is of before transformers 4.31", async () => {
    const folder = copyOf("clip");
    change(join(folder, "config.json"), (json) => (json.text_config!.eos_token_id = 2));
    await using(folder, async ({ texts: own }) => {
      expect(own.encoder.config.end).toBe("largest");
      const { texts, legacyTextFeatures } = cases.clip;
      expect(relativeError((await own.encode(texts)).data, units(legacyTextFeatures!, 24))).toBeLessThan(1e-4);
    });
  });

  it("takes the settings of older files: the parts by their older names, a size stated once", async () => {
    const folder = copyOf("clip");
    change(join(folder, "config.json"), (json) => {
      json.text_config_dict = json.text_config!;
      json.vision_config!.image_size = [26, 26];
      json.text_config = { hidden_size: 7 };
    });
    change(join(folder, "preprocessor_config.json"), (json) =>
      Object.assign(json, { size: 26, crop_size: 26, image_processor_type: undefined }),
    );
    await using(folder, async ({ texts: own, images }) => {
      expect(relativeError((await own.encode(cases.clip.texts)).data, units(cases.clip.textFeatures, 24))).toBeLessThan(1e-4); // prettier-ignore
      expect(images.preprocessing).toMatchObject({ size: 26, fit: "crop", resample: "bicubic" });
    });
  });

  it("finds the preprocessing in processor_config.json too", async () => {
    const folder = copyOf("siglip");
    const file = join(folder, "preprocessor_config.json");
    writeFileSync(join(folder, "processor_config.json"), `{"image_processor":${readFileSync(file, "utf8")}}`);
    rmSync(file);
    await using(folder, ({ images }) =>
      expect(images.preprocessing).toEqual({ size: 26, fit: "squash", resample: "bicubic", mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] }),
    ); // prettier-ignore
  });
});

describe("clipText", () => {
  const config = { vocabularySize: 20, tokens: 8, width: 16, layers: 2, heads: 2 };

  it("does not see what stands behind the end of a text, and does see it where it is not causal", () => {
    tf.tidy(() => {
      const row = (list: number[], options: object) => {
        const net = clipText({ ...config, ...options });
        return net.apply(net.init(key(0)), packTokens([list]), { training: false }).dataSync();
      };
      const behind = [[1, 2, 9], [1, 2, 9, 5, 4], [1, 2, 9, 9]] as const; // prettier-ignore
      for (const end of [9, "largest"] as const) {
        const [alone, more, again] = behind.map((list) => row([...list], { end }));
        expect(relativeError(more!, alone!)).toBeLessThan(1e-5); // float32 in another order
        expect(relativeError(again!, alone!)).toBeLessThan(1e-5);
        const [both, changed] = behind.map((list) => row([...list], { end, causal: false }));
        expect(relativeError(changed!, both!)).toBeGreaterThan(1e-3);
      }
      // A text without its end gives its first token, as in transformers.
      expect(row([1, 2, 3], { end: 9 })).toEqual(row([1, 5], { end: 9 }));
    });
  });

  it("refuses a text longer than its table, and sizes that do not fit", () => {
    const net = clipText(config);
    tf.tidy(() => {
      const long = packTokens([Array.from({ length: 9 }, () => 1)]);
      expect(() => net.apply(net.init(key(0)), long, { training: false })).toThrow("at most 8 tokens; got 9");
    });
    for (const wrong of [
      { end: 20 },
      { outBias: true },
      { layers: 0 },
      { heads: 3 },
      { epsilon: 0 },
      { vocabularySize: 1e12 },
    ])
      // prettier-ignore
      expect(() => clipText({ ...config, ...wrong }), JSON.stringify(wrong)).toThrow(RangeError);
  });
});

describe("openClip refuses, as a UserError that names the file,", () => {
  const refused = async (folder: string, ...words: string[]) => {
    const error = await openClip(folder).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(error).toBeInstanceOf(UserError);
    for (const word of words) expect((error as Error).message).toContain(word);
    expect((error as Error).message).not.toContain("\n");
  };

  it.each(["config.json", "model.safetensors", "preprocessor_config.json"])("a folder without %s", async (file) => {
    const folder = copyOf("clip");
    rmSync(join(folder, file));
    await refused(folder, join(folder, file), "no such file");
  });

  it("a folder without a tokenizer", async () => {
    const folder = copyOf("siglip");
    rmSync(join(folder, "tokenizer.json"));
    await refused(folder, folder, "tokenizer.json");
  });

  it.each<[string, (json: Json) => void, string]>([
    ["another model", (json) => Object.assign(json, { model_type: "bert" }), '"bert"'],
    ["another activation", (json) => (json.text_config!.hidden_act = "relu"), '"relu"'],
    ["an activation that is a property of all objects", (json) => (json.text_config!.hidden_act = "constructor"), "constructor"],
    ["pictures that are no squares", (json) => (json.vision_config!.image_size = [26, 24]), "only squares"],
    ["gray pictures", (json) => (json.vision_config!.num_channels = 1), "num_channels"],
    ["a part that is no object", (json) => Object.assign(json, { text_config: [] }), "text_config"],
    ["a token that is none", (json) => (json.text_config!.eos_token_id = 5000), "end-of-text"],
    ["several ends", (json) => (json.text_config!.eos_token_id = [1, 2]), "end-of-text"],
    ["no projection", (json) => Object.assign(json, { projection_dim: "24" }), "24"],
    ["huge sizes", (json) => (json.vision_config!.hidden_size = 1e15), "width"],
    ["many layers", (json) => (json.text_config!.num_hidden_layers = 1e9), "layers"],
    ["a patch larger than the picture", (json) => (json.vision_config!.patch_size = 64), "64 pixels of 26"],
    ["heads that do not share the width", (json) => (json.text_config!.num_attention_heads = 5), "5 heads"],
  ])("%s", async (_, alter, word) => {
    const folder = copyOf("clip");
    change(join(folder, "config.json"), alter);
    await refused(folder, "config.json", word);
  }); // prettier-ignore

  it.each<[string, (json: Json) => void, string]>([
    ["another size", (json) => Object.assign(json, { size: { shortest_edge: 24 }, crop_size: { height: 24, width: 24 } }), "the network knows 26"],
    ["a larger size before the crop", (json) => Object.assign(json, { size: { shortest_edge: 32 } }), "32"],
    ["no crop", (json) => Object.assign(json, { do_center_crop: false }), "shortest_edge"],
    ["no resizing", (json) => Object.assign(json, { do_resize: false }), "do_resize"],
    ["another filter", (json) => Object.assign(json, { resample: 0 }), "resample"],
    ["two means", (json) => Object.assign(json, { image_mean: [0, 0] }), "mean"],
    ["a huge size", (json) => Object.assign(json, { size: { shortest_edge: 1e9 }, crop_size: 1e9 }), "size"],
  ])("preprocessing with %s", async (_, alter, word) => {
    const folder = copyOf("clip");
    change(join(folder, "preprocessor_config.json"), alter);
    await refused(folder, folder, word);
  }); // prettier-ignore

  it("weights that are missing, left over or of another shape, all named, and a scale that is none", async () => {
    const folder = copyOf("siglip");
    const file = join(folder, "model.safetensors");
    const whole = (await readSafetensorsFile(file)).tensors;
    const tensors = new Map(whole);
    const weight = "vision_model.head.mlp.fc1.weight";
    tensors.delete("text_model.head.bias");
    tensors.set("vision_model.strange", { shape: [1], dtype: "F32", data: new Float32Array(1) });
    tensors.set(weight, { ...(tensors.get(weight) as NamedArray), shape: [32, 40] });
    await writeSafetensorsFile(file, tensors);
    await refused(
      folder,
      file,
      "missing: text_model.head.bias",
      "left over: vision_model.strange",
      `of another shape: ${weight} is [32, 40] instead of [40, 32]`,
    );
    for (const array of [
      undefined,
      { shape: [2], dtype: "F32", data: new Float32Array(2) },
      { shape: [1], dtype: "F32", data: Float32Array.of(NaN) },
    ] as const) {
      // prettier-ignore
      const others = new Map(whole);
      if (array) others.set("logit_bias", array);
      else others.delete("logit_bias");
      await writeSafetensorsFile(file, others);
      await refused(folder, file, "logit_bias is one number");
    }
  });

  it("a tokenizer that does not belong to the weights", async () => {
    const folder = copyOf("clip");
    change(join(folder, "tokenizer.json"), (json) =>
      Object.assign((json.model as { vocab: object }).vocab, { one: 500, more: 501 }),
    );
    await refused(folder, "does it belong");
  });
});

it("a picture tower refuses pictures of another size", async () => {
  await using(join(golden, "clip"), ({ images: { encoder, params } }) => {
    tf.tidy(() => {
      const other = tf.zeros([1, 32, 32, 3]) as Tensor4D;
      expect(() => encoder.apply(params, other, { training: false })).toThrow("26x26, as the places that it knows; got 32x32"); // prettier-ignore
    });
  });
});

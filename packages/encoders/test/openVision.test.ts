import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openVision } from "@nearfar/encoders";
import { readSafetensorsFile, UserError, writeSafetensorsFile } from "@nearfar/formats";
import { loadEngine } from "@nearfar/tensor";
import { noise, relativeError, temporaryFolder } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";

const golden = join(import.meta.dirname, "golden/clip");
// Source: golden/makeClip.py, transformers 5.24.0 in float64.
const { cases } = JSON.parse(readFileSync(join(import.meta.dirname, "golden/clip.json"), "utf8")) as {
  cases: Record<"vit" | "clipVision" | "siglip", { imageFeatures: number[] }>;
};
const pixels = () => Float32Array.from(noise("images", 3 * 26 * 26 * 3));

beforeAll(() => void loadEngine());

async function rowsOf(folder: string, options?: object): Promise<Float32Array> {
  const model = await openVision(folder, options);
  try {
    return (await model.encode(pixels())).data as Float32Array;
  } finally {
    model.dispose();
  }
}

/** A golden folder with other names in its weights. */
async function renamed(kind: string, rename: (name: string) => string | undefined): Promise<string> {
  const folder = join(temporaryFolder(), "model");
  cpSync(join(golden, kind), folder, { recursive: true });
  const file = join(folder, "model.safetensors");
  const { tensors } = await readSafetensorsFile(file);
  const all = [...tensors].flatMap(([name, array]) => {
    const other = rename(name);
    return other === undefined ? [] : [[other, array] as const];
  });
  await writeSafetensorsFile(file, new Map(all));
  return folder;
}

describe("openVision", () => {
  it.each(["vit", "clipVision"] as const)("gives the features of transformers: %s", async (kind) => {
    const { imageFeatures } = cases[kind];
    const rows = await rowsOf(join(golden, kind));
    expect(relativeError(rows, imageFeatures)).toBeLessThan(1e-4);
    const d = imageFeatures.length / 3;
    const unit = await rowsOf(join(golden, kind), { normalize: true });
    expect(unit.slice(0, d).reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 5);
  });

  it("takes names with the prefix of a model with a head, passes over the head, and reads CLIP's without a prefix", async () => {
    const prefixed = await renamed("vit", (name) => `vit.${name}`);
    const file = join(prefixed, "model.safetensors");
    const head = { shape: [2, 32], dtype: "F32", data: new Float32Array(64) } as const;
    await writeSafetensorsFile(file, new Map([...(await readSafetensorsFile(file)).tensors, ["classifier.weight", head]]));
    expect(await rowsOf(prefixed)).toEqual(await rowsOf(join(golden, "vit")));

    const bare = await renamed("clipVision", (name) => name.replace("vision_model.", ""));
    expect(await rowsOf(bare)).toEqual(await rowsOf(join(golden, "clipVision")));
    const unprojected = await renamed("clipVision", (name) => (name.startsWith("visual") ? undefined : name));
    expect((await rowsOf(unprojected)).length).toBe(3 * 32);
  }); // prettier-ignore

  it("opens SigLIP's tower by itself", async () => {
    const folder = await renamed("siglip", (name) => (name.startsWith("vision_model.") ? name.replace("vision_model.", "") : undefined)); // prettier-ignore
    const file = join(folder, "config.json");
    const { vision_config: vision } = JSON.parse(readFileSync(file, "utf8")) as { vision_config: object };
    writeFileSync(file, JSON.stringify(vision));
    expect(relativeError(await rowsOf(folder), cases.siglip.imageFeatures)).toBeLessThan(1e-4);
  });

  it("refuses other models, other shapes and names that are missing, as a UserError", async () => {
    await expect(openVision(join(golden, "clip"))).rejects.toThrow(/model_type is "clip".*vit, clip_vision_model/);
    const folder = await renamed("vit", (name) => (name.endsWith("cls_token") ? "embeddings.other" : name));
    const error: unknown = await openVision(folder).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(UserError);
    expect((error as Error).message).toContain("missing: embeddings.cls_token; left over: embeddings.other");
    const file = join(folder, "config.json");
    const settings = JSON.parse(readFileSync(file, "utf8")) as object;
    for (const wrong of [{ qkv_bias: false }, { model_type: "toString" }, { hidden_size: -1 }, { image_size: 30 }]) {
      writeFileSync(file, JSON.stringify({ ...settings, ...wrong }));
      await expect(openVision(folder), JSON.stringify(wrong)).rejects.toThrow(UserError);
    }
  });
});

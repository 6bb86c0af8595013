import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openStatic, staticModel, writeStatic } from "@nearfar/encoders";
import { readSafetensorsFile } from "@nearfar/formats";
import { loadEngine, tf, type Params } from "@nearfar/tensor";
import { relativeError, temporaryFolder } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";

const made = join(import.meta.dirname, "golden/static/model");
const json = (...parts: string[]) => JSON.parse(readFileSync(join(...parts), "utf8")) as unknown;
const texts = ["The cats sat on the mat.", "", "A dog!"];

beforeAll(() => void loadEngine());

describe("writeStatic", () => {
  it("writes what openStatic reads: the same vectors, to the bit", async () => {
    const model = await openStatic(made);
    const { data } = await model.encode(texts);
    for (const unit of [true, false]) {
      const folder = join(temporaryFolder(), "a/model");
      await writeStatic(folder, { ...model, unit });
      const again = await openStatic(folder);
      expect(again.unit).toBe(unit);
      if (unit) expect((await again.encode(texts)).data).toEqual(data);
      again.dispose();
    }
    model.dispose();
  });

  it("folds weights per token into the table", async () => {
    const model = await openStatic(made);
    const running_token_weight = tf.range(1, 19);
    const weighted = staticModel(
      { embedding: { ...(model.params.embedding as Params), running_token_weight } },
      model.tokenizer,
    );
    const folder = temporaryFolder();
    const before = tf.memory().numTensors;
    await writeStatic(folder, weighted);
    expect(tf.memory().numTensors).toBe(before);
    const again = await openStatic(folder);
    const vectors = (await weighted.encode(texts)).data;
    expect(relativeError((await again.encode(texts)).data, vectors)).toBeLessThan(1e-6);
    expect(relativeError((await model.encode(texts)).data, vectors)).toBeGreaterThan(0.01);
    again.dispose();
    weighted.dispose();
  });

  it("writes the files that sentence-transformers writes", async () => {
    // Source: golden/static/make.py, the folder that sentence-transformers 6.2.0 saved; it knows the older names of types.
    const folder = temporaryFolder();
    const model = await openStatic(made);
    await writeStatic(folder, model);
    const [ours, theirs] = await Promise.all(
      [folder, made].map((one) => readSafetensorsFile(join(one, "model.safetensors"))),
    );
    expect(ours!.tensors).toEqual(theirs!.tensors);
    expect(json(folder, "tokenizer.json")).toEqual(json(made, "tokenizer.json"));
    const modules = (from: string) =>
      (json(from, "modules.json") as { idx: number; name: string; path: string; type: string }[]).map(
        ({ idx, name, path, type }) => [idx, name, path, type.split(".").at(-1)],
      );
    expect(modules(folder)).toEqual(modules(made));
    expect(json(folder, "config_sentence_transformers.json")).toMatchObject({ similarity_fn_name: "cosine" });
    expect(readFileSync(join(folder, "README.md"), "utf8")).toMatch(/^---\ntags:\n- sentence-transformers\n/);
    model.dispose();
  });

  it("names a folder that cannot be written to", async () => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "");
    const model = await openStatic(made);
    await expect(writeStatic(join(file, "model"), model)).rejects.toThrow(
      `${file}/model: a part of this path is not a folder`,
    );
    model.dispose();
  });
});

import { cpSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { frozenFrom, type TransformersModule } from "@nearfar/encoders";
import { UserError } from "@nearfar/formats";
import { loadEngine, tf, type Tensor2D } from "@nearfar/tensor";
import { relativeError, temporaryFolder } from "@nearfar/testing";
import { describe, expect, it } from "vitest";
import { optionalPackage } from "../../../test/optional/optionalPackage.ts";

// Source: golden/tinyOnnx/make.py, PyTorch on the weights of the exported model.
const folder = join(import.meta.dirname, "golden/tinyOnnx");
const golden = JSON.parse(readFileSync(join(folder, "vectors.json"), "utf8")) as {
  texts: string[];
  mean: number[][];
  cls: number[][];
};

for (const name of ["@xenova/transformers", "@huggingface/transformers"]) {
  const { missing, reason, load } = optionalPackage(name);

  describe.skipIf(missing)(`frozenFrom with ${name} ${reason}`, () => {
    it("gives PyTorch's vectors, each alone or in batches", async () => {
      const module = (await load()) as TransformersModule;
      const before = module.env.localModelPath;
      const mean = await frozenFrom(folder, { module });
      expect([mean.name, mean.dimensions]).toEqual(["tinyOnnx", 16]);
      for (const batch of [1, 4, 32]) {
        const { data } = await mean.encode(golden.texts, { batch });
        expect(relativeError(data, golden.mean.flat())).toBeLessThan(1e-5);
      }
      expect(mean.truncated).toBe(3); // the last text, three times
      mean.dispose();
      const cls = await frozenFrom(folder, { module, pooling: "cls", normalize: false, name: "teacher" });
      expect(cls.name).toBe("teacher");
      expect(relativeError((await cls.encode(golden.texts)).data, golden.cls.flat())).toBeLessThan(1e-5);
      cls.dispose();
      expect(module.env.localModelPath).toBe(before);
    });

    it("lives beside the engine in one process", async () => {
      loadEngine();
      const product = () => tf.tidy(() => tf.matMul(tf.ones([64, 64]) as Tensor2D, tf.eye(64)).dataSync());
      const before = product();
      const encoder = await frozenFrom(folder, { module: (await load()) as TransformersModule });
      const first = await encoder.encode(golden.texts);
      expect(product()).toEqual(before);
      expect((await encoder.encode(golden.texts)).data).toEqual(first.data);
      encoder.dispose();
    });

    it("opens a folder of any name", async () => {
      const copy = join(temporaryFolder(), "a model");
      cpSync(folder, copy, { recursive: true });
      const encoder = await frozenFrom(copy, { module: (await load()) as TransformersModule });
      expect(relativeError((await encoder.encode(golden.texts)).data, golden.mean.flat())).toBeLessThan(1e-5);
      encoder.dispose();
    });

    it("names the file that is missing", async () => {
      const module = (await load()) as TransformersModule;
      for (const file of ["config.json", "tokenizer.json", "tokenizer_config.json", "onnx"]) {
        const copy = join(temporaryFolder(), "model");
        cpSync(folder, copy, { recursive: true });
        rmSync(join(copy, file), { recursive: true });
        const opened = frozenFrom(copy, { module });
        await expect(opened, file).rejects.toThrow(UserError);
        await expect(opened, file).rejects.toThrow(file);
      }
    });
  });
}

import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openStatic } from "@nearfar/encoders";
import { UserError } from "@nearfar/formats";
import { loadEngine } from "@nearfar/tensor";
import { relativeError, temporaryFolder } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";

// Source: golden/static/make.py, sentence-transformers 6.2.0.
const made = join(import.meta.dirname, "golden/static");
const golden = JSON.parse(readFileSync(join(made, "vectors.json"), "utf8")) as {
  texts: string[];
  unit: number[][];
  mean: number[][];
  folded: number[][];
};

beforeAll(() => void loadEngine());

describe("openStatic", () => {
  it("gives sentence-transformers' vectors for a folder that it wrote, whatever the batch", async () => {
    const model = await openStatic(join(made, "model"));
    expect([model.name, model.dimensions, model.unit, model.encoder.features]).toEqual(["model", 6, true, 6]);
    for (const batch of [1, 4, undefined]) {
      const { rows, data } = await model.encode(golden.texts, { batch });
      expect(rows).toBe(golden.texts.length);
      expect(relativeError(data, golden.unit.flat())).toBeLessThan(1e-6);
    }
    expect(model.truncated).toBe(3); // the last text, three times
    model.dispose();
  });

  it("leaves lengths as they are where there is no Normalize", async () => {
    const model = await openStatic(copy({ modules: [staticModule("")] }), { name: "plain" });
    expect([model.name, model.unit]).toEqual(["plain", false]);
    expect(relativeError((await model.encode(golden.texts)).data, golden.mean.flat())).toBeLessThan(1e-6);
    model.dispose();
  });

  it("reads the older layout, with the files in a folder of their own", async () => {
    const folder = copy({ modules: [staticModule("0_StaticEmbedding")] });
    mkdirSync(join(folder, "0_StaticEmbedding"));
    for (const file of ["model.safetensors", "tokenizer.json"])
      renameSync(join(folder, file), join(folder, "0_StaticEmbedding", file));
    const model = await openStatic(folder);
    expect(relativeError((await model.encode(golden.texts)).data, golden.mean.flat())).toBeLessThan(1e-6);
    model.dispose();
  });

  it("folds model2vec's mapping and weights into the table", async () => {
    const folder = copy({ modules: [staticModule(".")] }); // the path that model2vec writes
    cpSync(join(made, "model2vec.safetensors"), join(folder, "model.safetensors"));
    const model = await openStatic(folder);
    expect(relativeError((await model.encode(golden.texts)).data, golden.folded.flat())).toBeLessThan(1e-6);
    model.dispose();
  });

  it("names the file that is missing, broken or of another model", async () => {
    const refused = async (folder: string, words: string) => {
      const opened = openStatic(folder);
      await expect(opened, words).rejects.toThrow(UserError);
      await expect(opened).rejects.toThrow(words);
    };
    await refused("no/such", "no/such/modules.json: no such file or folder");
    for (const file of ["model.safetensors", "tokenizer.json"]) {
      const folder = copy();
      rmSync(join(folder, file));
      await refused(folder, join(folder, file));
    }
    for (const text of ["{", "{}", '[{"path": 1}]', '"modules"', "[null]"]) {
      const folder = copy();
      writeFileSync(join(folder, "modules.json"), text);
      await refused(folder, join(folder, "modules.json"));
    }
    const transformer = { path: "", type: "sentence_transformers.models.Transformer" };
    await refused(copy({ modules: [transformer] }), "a StaticEmbedding was expected, then at most Normalize; got Tran");
    await refused(copy({ modules: [staticModule(""), transformer] }), "got StaticEmbedding, Transformer");
    await refused(copy({ modules: [] }), "got nothing");
    await refused(copy({ modules: [staticModule("../elsewhere")] }), 'the path "../elsewhere" leaves the folder');
  });

  it("refuses a tokenizer that has more tokens than the table", async () => {
    const folder = copy();
    const file = join(folder, "tokenizer.json");
    const json = JSON.parse(readFileSync(file, "utf8")) as { model: { vocab: Record<string, number> } };
    json.model.vocab.more = Object.keys(json.model.vocab).length;
    writeFileSync(file, JSON.stringify(json));
    await expect(openStatic(folder)).rejects.toThrow("the tokenizer has 19 tokens, and the table of");
  });
});

const staticModule = (path: string) => ({ path, type: "sentence_transformers.models.StaticEmbedding" });

/** A copy of the golden folder, with other modules. */
function copy({ modules }: { modules?: object[] } = {}): string {
  const folder = temporaryFolder();
  cpSync(join(made, "model"), folder, { recursive: true });
  if (modules) writeFileSync(join(folder, "modules.json"), JSON.stringify(modules));
  return folder;
}

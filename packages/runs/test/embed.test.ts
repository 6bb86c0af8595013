import { staticEmbedding, staticModel, writeStatic } from "@nearfar/encoders";
import { key } from "@nearfar/random";
import { createRun, load, openRunModel } from "@nearfar/runs";
import { loadEngine } from "@nearfar/tensor";
import { trainTokenizer } from "@nearfar/tokenizers";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { configuration } from "./configuration.ts";
import { newFolder } from "./newFolder.ts";

beforeAll(() => void loadEngine());

/** A run with a model of random vectors, and that model. */
async function runWithModel() {
  const dir = newFolder();
  await (await createRun(dir, configuration)).close();
  const tokenizer = trainTokenizer(["pull near", "push far", "near and far"], { vocabulary: 40 });
  const params = staticEmbedding({ vocabularySize: tokenizer.vocabularySize, dimensions: 8 }).init(key(1));
  await writeStatic(join(dir, "model"), { params, tokenizer });
  return { dir, model: staticModel(params, tokenizer) };
}

describe("a loaded run", () => {
  it("embeds texts by its model, in order, as vectors of length 1", async () => {
    const { dir, model } = await runWithModel();
    const { data } = await model.encode(["push far", "pull near"]);
    const vectors = await (await load(dir)).embed(["push far", "pull near", "push far"]);
    expect(vectors.length).toBe(3);
    expect([...vectors[0]!, ...vectors[1]!]).toEqual([...data]);
    expect(vectors[2]).toEqual(vectors[0]);
    for (const vector of vectors) expect(Math.hypot(...vector)).toBeCloseTo(1, 6);
    model.dispose();
  });

  it("has no vectors before there is a model, and says so", async () => {
    const dir = newFolder();
    await (await createRun(dir, configuration)).close();
    const run = await load(dir);
    await expect(run.embed(["x"])).rejects.toMatchObject({ name: "UserError" });
    await expect(run.embed(["x"])).rejects.toThrow(`${dir}: has no model of texts: ${join(dir, "model")}`);
  });

  it("is no run where run.json is missing, though a model lies there", async () => {
    const dir = newFolder();
    await expect(openRunModel(dir)).rejects.toThrow(`${dir}: no such file or folder`);
  });
});

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openModel, startClipText, startFolder } from "@nearfar/encoders";
import { key } from "@nearfar/random";
import { loadEngine, tf } from "@nearfar/tensor";
import { temporaryFolder, tensorCount } from "@nearfar/testing";
import { trainTokenizer } from "@nearfar/tokenizers";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => void loadEngine());

const tokenizer = trainTokenizer(["a red disc", "a blue bar"], { vocabulary: 40, model: "bpe" });

async function written() {
  const folder = join(temporaryFolder(), "text");
  const start = startClipText(tokenizer, { width: 8, layers: 2, heads: 2, maxTokens: 12 });
  const params = start.encoder.init(key(0));
  const model = start.model(params);
  await model.write(folder);
  return { folder, params, model };
}

describe("writeClipText", () => {
  it("writes what openModel gives back, and a training goes on from", async () => {
    const before = tensorCount();
    const { folder, params, model } = await written();
    const texts = ["a red disc", "bar", ""];
    const { data } = await model.encode(texts);
    const opened = await openModel(folder);
    expect((await opened.encode(texts)).data).toEqual(data);
    expect(Math.hypot(...data.subarray(0, 8))).toBeCloseTo(1, 5);
    expect(opened.config).toMatchObject({ maxTokens: 12, normalize: true, dimensions: 8 });
    const again = await startFolder(folder, { maxTokens: 12 });
    const same = again.encoder.init(key(9)); // those of the folder, whatever the key
    expect((await again.model(same).encode(texts)).data).toEqual(data);
    opened.dispose();
    tf.dispose([params, same] as never);
    expect(tensorCount()).toBe(before);
  });

  it.each<[string, object, string]>([
    ["other sizes", { width: 16 }, "embeddings.token_embedding.weight is"],
    ["sizes that are none", { width: -1 }, '"encoder" is no transformer of texts'],
    ["fewer tokens than the tokenizer", { vocabularySize: 10 }, "does it belong to these weights"],
  ])("is refused with %s", async (_, changes, message) => {
    const { folder, params } = await written();
    tf.dispose(params as never);
    const file = join(folder, "config.json");
    const json = JSON.parse(readFileSync(file, "utf8")) as { encoder: object };
    writeFileSync(file, JSON.stringify({ ...json, encoder: { ...json.encoder, ...changes } }));
    await expect(openModel(folder)).rejects.toMatchObject({
      name: "UserError",
      message: expect.stringContaining(message) as string,
    });
  });
});

import { join } from "node:path";
import { openStatic, staticModel } from "@nearfar/encoders";
import { loadEngine, tf } from "@nearfar/tensor";
import { tensorCount } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";

const made = join(import.meta.dirname, "golden/static/model");

beforeAll(() => void loadEngine());

describe("staticModel", () => {
  it("tells how far it is, and leaves no tensor behind", async () => {
    const model = await openStatic(made);
    await model.encode(["a cat"]); // whatever is uploaded lazily is there now
    const before = [tf.memory().numTensors, tensorCount()];
    const told: number[] = [];
    await model.encode(["a cat", "a dog", "a bird"], { batch: 2, progress: (done) => told.push(done) });
    expect(told).toEqual([2, 3]);
    expect([tf.memory().numTensors, tensorCount()]).toEqual(before);
    expect((await model.encode([])).data.length).toBe(0);
    model.dispose();
    expect([tf.memory().numTensors, tensorCount()]).toEqual(before.map((count) => count - 1));
  });

  it("keeps the end of a text where its tokenizer says so", async () => {
    const model = await openStatic(made);
    const json = { ...model.tokenizer.json, truncation: { direction: "Left", max_length: 2 } };
    const cut = staticModel(model.params, { ...model.tokenizer, json });
    const [long, end] = [await cut.encode(["the cat sat on a tree"]), await model.encode(["a tree"])];
    expect(long.data).toEqual(end.data);
    expect(cut.truncated).toBe(1);
    model.dispose();
  });

  it("refuses a tokenizer with ids beyond the table", async () => {
    const model = await openStatic(made);
    const tokenizer = { ...model.tokenizer, vocabularySize: 19 };
    expect(() => staticModel(model.params, tokenizer)).toThrow("got 18 rows for 19 tokens");
    model.dispose();
  });
});

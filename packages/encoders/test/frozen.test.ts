import { frozen, type FeaturePipeline } from "@nearfar/encoders";
import { describe, expect, it } from "vitest";

/** A pipeline by hand: a text's vector is its length and 1. It writes into its options, as version 2 of transformers.js does. */
function pipelineOf({ config = { hidden_size: 2 } as object, dims = [0, 2] } = {}) {
  const calls: { texts: string[]; options: object }[] = [];
  let disposed = 0;
  const call = async (texts: string[], options: { pooling: string; normalize: boolean }) => {
    calls.push({ texts, options: { ...options } });
    options.pooling = "cls";
    return {
      data: Float32Array.from(texts.flatMap((text) => [text.length, 1])),
      dims: [texts.length, ...dims.slice(1)],
    };
  };
  // A token per letter and two around.
  const tokenizer = Object.assign(
    (texts: string[]) => ({ input_ids: texts.map((text) => Array.from({ length: text.length + 2 }, () => 0)) }),
    { model_max_length: 10 },
  );
  const pipeline: FeaturePipeline = Object.assign(call, {
    model: { config },
    tokenizer,
    dispose: async () => disposed++,
  });
  return { pipeline, calls, disposed: () => disposed };
}

describe("frozen", () => {
  it("keeps the order of texts, whatever the batches", async () => {
    const texts = ["abc", "", "a", "abcdefg", "ab"];
    for (const batch of [1, 2, 5, 100]) {
      const { rows, dimensions, data } = await frozen(pipelineOf().pipeline).encode(texts, { batch });
      expect([rows, dimensions]).toEqual([5, 2]);
      expect([...data]).toEqual([3, 1, 0, 1, 1, 1, 7, 1, 2, 1]); // the pipeline by hand
    }
    expect((await frozen(pipelineOf().pipeline).encode([])).rows).toBe(0);
  });

  it("passes texts of like length together, with fresh options, and tells how far it is", async () => {
    const { pipeline, calls } = pipelineOf();
    const told: number[] = [];
    const encoder = frozen(pipeline, { normalize: false, batch: 2 });
    await encoder.encode(["a", "abcd", "ab", "abc"], { progress: (done) => told.push(done) });
    expect(calls).toEqual([
      { texts: ["abcd", "abc"], options: { pooling: "mean", normalize: false } },
      { texts: ["ab", "a"], options: { pooling: "mean", normalize: false } },
    ]);
    expect(told).toEqual([2, 4]);
  });

  it("counts the texts that the pipeline cuts", async () => {
    const encoder = frozen(pipelineOf().pipeline);
    await encoder.encode(["12345678", "123456789", "1".repeat(100)]); // 10, 11 and 102 tokens, where 10 are taken
    expect(encoder.truncated).toBe(2);
    await encoder.encode(["1".repeat(100)]);
    expect(encoder.truncated).toBe(3);
  });

  it("knows its width by the names of the field, or by an option", () => {
    for (const config of [{ hidden_size: 2 }, { dim: 2 }, { d_model: 2 }, { n_embd: 2 }])
      expect(frozen(pipelineOf({ config }).pipeline).dimensions).toBe(2);
    expect(frozen(pipelineOf({ config: {} }).pipeline, { dimensions: 2 }).dimensions).toBe(2);
    expect(() => frozen(pipelineOf({ config: {} }).pipeline)).toThrow("Pass { dimensions }");
  });

  it("refuses what is not a vector per text", async () => {
    await expect(frozen(pipelineOf({ dims: [0, 7, 2] }).pipeline).encode(["a"])).rejects.toThrow(
      "a vector per text, [1, 2]; got [1, 7, 2]",
    );
    await expect(frozen(pipelineOf().pipeline, { dimensions: 3 }).encode(["a"])).rejects.toThrow("[1, 3]; got [1, 2]");
  });

  it("frees the pipeline", () => {
    const { pipeline, disposed } = pipelineOf();
    frozen(pipeline).dispose();
    expect(disposed()).toBe(1);
  });
});

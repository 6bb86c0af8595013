import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openModel, type SentenceModel } from "@nearfar/encoders";
import { readSafetensorsFile, UserError, writeSafetensorsFile, type NamedArray } from "@nearfar/formats";
import { loadEngine, tf } from "@nearfar/tensor";
import { relativeError, temporaryFolder, tensorCount } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";

interface Sentences {
  texts: string[];
  vectors: number[][];
}

const golden = join(import.meta.dirname, "golden/transformers");
// Source: golden/makeTransformers.py, sentence-transformers 6.2.0 in float64.
const { cases } = JSON.parse(readFileSync(join(import.meta.dirname, "golden/transformers.json"), "utf8")) as {
  cases: Record<"bert" | "mpnet", { sentences: Sentences }>;
};

beforeAll(() => void loadEngine());

/** A copy of a golden folder that a test may break. */
function copyOf(family: string): string {
  const folder = join(temporaryFolder(), "model");
  cpSync(join(golden, family), folder, { recursive: true });
  return folder;
}

function change(file: string, values: object): void {
  writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, "utf8")) as object), ...values }));
}

async function using<T>(folder: string, f: (model: SentenceModel) => Promise<T> | T): Promise<T> {
  const model = await openModel(folder);
  try {
    return await f(model);
  } finally {
    model.dispose();
  }
}

describe("openModel", () => {
  it("opens whole folders of sentence-transformers and gives their vectors", async () => {
    for (const family of ["bert", "mpnet"] as const)
      await using(join(golden, family), async (model) => {
        const { texts, vectors } = cases[family].sentences;
        const { rows, dimensions, data } = await model.encode(texts);
        expect([rows, dimensions, model.name]).toEqual([texts.length, 32, family]);
        expect(relativeError(data, vectors.flat())).toBeLessThan(1e-5); // float32 against float64
      });
  });

  it("takes pooling, length and norm from the folder, and counts what it truncates", async () => {
    await using(join(golden, "bert"), async (model) => {
      const normalize = true;
      expect(model.config).toEqual({ kind: "transformer", pooling: "mean", maxTokens: 12, normalize, dimensions: 32 });
      await model.encode(["the cat", "a dog, a cat, a mat in the rain; the dog ran slow.", "the the the the the the the the the the"]); // prettier-ignore
      expect(model.truncated).toBe(1); // 16 tokens and two; the last has exactly 12
    });
    await using(join(golden, "mpnet"), ({ config }) =>
      expect([config.pooling, config.normalize, config.maxTokens]).toEqual(["max", false, 38]),
    );
  });

  it("gives a text the same vector whatever is encoded with it, and in whatever batch", async () => {
    await using(join(golden, "bert"), async (model) => {
      const { texts } = cases.bert.sentences;
      const many = Array.from({ length: 40 }, () => texts).flat();
      const steps: number[] = [];
      const together = await model.encode(many, { batch: 16, progress: (done) => steps.push(done) });
      const alone = (await Promise.all(many.slice(0, texts.length).map((text) => model.encode([text])))).flatMap(
        ({ data }) => [...data],
      );
      const expected = Array.from({ length: 40 }, () => alone).flat();
      expect(relativeError(together.data, expected)).toBeLessThan(1e-5); // float32 in another order
      expect(steps.at(-1)).toBe(many.length);
      expect(steps).toEqual([...steps].sort((a, b) => a - b));
    });
  });

  it("keeps the first dimensions where it is asked to, of length 1 again", async () => {
    const model = await openModel(join(golden, "bert"), { dimensions: 8 });
    const [{ data }, whole] = [await model.encode(["the cat"]), await using(join(golden, "bert"), (m) => m.encode(["the cat"]))]; // prettier-ignore
    const first = [...whole.data.slice(0, 8)];
    const length = Math.hypot(...first);
    expect(relativeError(data, first.map((value) => value / length))).toBeLessThan(1e-6); // prettier-ignore
    model.dispose();
  });

  it("is the mean without norm in a plain folder of Hugging Face, and lowers capitals where the folder says so", async () => {
    const folder = copyOf("bert");
    for (const name of ["modules.json", "sentence_bert_config.json"]) rmSync(join(folder, name));
    rmSync(join(folder, "1_Pooling"), { recursive: true });
    const plain = await using(folder, (model) => {
      expect([model.config.pooling, model.config.normalize, model.config.maxTokens]).toEqual(["mean", false, 12]); // of tokenizer_config.json
      return model.encode(["the cat"]);
    });
    const tokenizer = JSON.parse(readFileSync(join(folder, "tokenizer.json"), "utf8")) as { normalizer: object };
    writeFileSync(join(folder, "tokenizer.json"), JSON.stringify({ ...tokenizer, normalizer: { ...tokenizer.normalizer, lowercase: false } })); // prettier-ignore
    const vector = () => using(folder, (model) => model.encode(["THE Cat"]));
    expect((await vector()).data).not.toEqual(plain.data);
    writeFileSync(join(folder, "sentence_bert_config.json"), JSON.stringify({ max_seq_length: 12, do_lower_case: true })); // prettier-ignore
    expect((await vector()).data).toEqual(plain.data);
  });

  it("leaves nothing behind", async () => {
    await using(join(golden, "bert"), (model) => model.encode(["the cat"]));
    const before = [tf.memory().numTensors, tensorCount()];
    await using(join(golden, "bert"), (model) => model.encode(["the cat", "a dog ran"]));
    expect([tf.memory().numTensors, tensorCount()]).toEqual(before);
  });
});

describe("openModel refuses, as a UserError that names the file,", () => {
  const refused = async (folder: string, ...words: string[]) => {
    const error = await openModel(folder).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(error).toBeInstanceOf(UserError);
    for (const word of words) expect((error as Error).message).toContain(word);
    expect((error as Error).message).not.toContain("\n");
  };

  it("a folder that is not there, or a file", async () => {
    await refused(join(golden, "nothing"), "nothing", "no such file");
    await refused(join(golden, "bert", "config.json"), "a model folder was expected");
  });

  it.each(["config.json", "model.safetensors", "1_Pooling/config.json"])("a folder without %s", async (file) => {
    const folder = copyOf("bert");
    rmSync(join(folder, file));
    await refused(folder, join(folder, file), "no such file");
  });

  it("a folder without a tokenizer", async () => {
    const folder = copyOf("bert");
    rmSync(join(folder, "tokenizer.json"));
    await refused(folder, folder, "tokenizer.json");
  });

  it("an unsupported model, and says what is supported", async () => {
    const folder = copyOf("bert");
    change(join(folder, "config.json"), { model_type: "t5" });
    await refused(folder, '"t5"', "bert, distilbert, mpnet, roberta");
    change(join(folder, "config.json"), { model_type: "bert", hidden_act: "relu" });
    await refused(folder, '"relu"');
    change(join(folder, "config.json"), { hidden_act: "gelu", position_embedding_type: "relative_key" });
    await refused(folder, '"relative_key"');
  });

  it.each([{ hidden_size: 1e15 }, { num_hidden_layers: "2" }, { num_attention_heads: 5 }, { vocab_size: -1 }, { layer_norm_eps: null, hidden_dropout_prob: 7 }])("sizes that no model has: %j", async (values) => {
    const folder = copyOf("bert");
    change(join(folder, "config.json"), values);
    await refused(folder, "config.json");
  }); // prettier-ignore

  it("weights that are missing, left over or of another shape, all named", async () => {
    const folder = copyOf("bert");
    const file = join(folder, "model.safetensors");
    const tensors = new Map((await readSafetensorsFile(file)).tensors);
    const weight = "encoder.layer.1.output.dense.weight";
    tensors.delete("encoder.layer.0.attention.self.query.bias");
    tensors.set("encoder.layer.2.strange", { shape: [1], dtype: "F32", data: new Float32Array(1) });
    tensors.set(weight, { ...(tensors.get(weight) as NamedArray), shape: [48, 32] });
    await writeSafetensorsFile(file, tensors);
    await refused(
      folder,
      "missing: encoder.layer.0.attention.self.query.bias",
      "left over: encoder.layer.2.strange",
      `of another shape: ${weight} is [48, 32] instead of [32, 48]`,
    );
  });

  it("a tokenizer that does not belong to the weights", async () => {
    const folder = copyOf("bert");
    const tokenizer = JSON.parse(readFileSync(join(folder, "tokenizer.json"), "utf8")) as { model: { vocab: object } };
    Object.assign(tokenizer.model.vocab, { one: 31, more: 32 });
    writeFileSync(join(folder, "tokenizer.json"), JSON.stringify(tokenizer));
    await refused(folder, "33 tokens and the weights 31", "does it belong");
  });

  it("steps that compute something else, and paths out of the folder", async () => {
    const folder = copyOf("bert");
    const file = join(folder, "modules.json");
    const modules = JSON.parse(readFileSync(file, "utf8")) as { path: string; type: string }[];
    const write = (list: unknown) => writeFileSync(file, JSON.stringify(list));
    write([...modules.slice(0, 2), { idx: 2, name: "2", path: "2_Dense", type: "sentence_transformers.models.Dense" }]);
    await refused(folder, "modules.json", "got Transformer, Pooling, Dense");
    write([{ ...modules[0], path: "../other" }]);
    await refused(folder, '"../other"', "leaves the folder");
    for (const broken of [{}, [], [{ path: "" }], [null]]) {
      write(broken);
      await refused(folder, "modules.json");
    }
    writeFileSync(file, "[");
    await refused(folder, "modules.json", "not valid JSON");
  });

  it("pooling that it does not know, several at once, and that of another width", async () => {
    const folder = copyOf("bert");
    const file = join(folder, "1_Pooling/config.json");
    change(file, { pooling_mode_max_tokens: true });
    await refused(folder, file, "pooling_mode_mean_tokens, pooling_mode_max_tokens");
    change(file, { pooling_mode: "attention" });
    await refused(folder, file, "attention");
    change(file, { pooling_mode: "lasttoken", word_embedding_dimension: 768 });
    await refused(folder, file, "768", "32");
    change(file, { word_embedding_dimension: 32 });
    await using(folder, ({ config }) => expect(config.pooling).toBe("last"));
  });
});

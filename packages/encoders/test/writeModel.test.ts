import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  newTransformer,
  openModel,
  sentenceModel,
  transformer,
  writeModel,
  type TransformerConfig,
} from "@nearfar/encoders";
import { UserError } from "@nearfar/formats";
import { key } from "@nearfar/random";
import { leaves, loadEngine } from "@nearfar/tensor";
import { temporaryFolder } from "@nearfar/testing";
import { openTokenizer } from "@nearfar/tokenizers";
import { beforeAll, describe, expect, it } from "vitest";

const golden = join(import.meta.dirname, "golden/transformers");
const texts = ["The cat sat on the mat.", "Dogs ran fast!", ""];

beforeAll(() => void loadEngine());

const sizes = { vocabularySize: 31, layers: 2, width: 16, heads: 2, tokens: 20 };
const bert = newTransformer({ ...sizes, norm: "post" });
const configs: TransformerConfig[] = [
  bert,
  newTransformer(sizes),
  { ...bert, family: "distilbert", types: 0 },
  { ...bert, family: "mpnet", types: 0, positions: 22, padId: 1, buckets: 8 },
  { ...bert, family: "roberta", types: 1, positions: 22, padId: 1, hiddenDropout: 0.2 },
  { ...bert, family: "xlm-roberta", types: 1, positions: 22, padId: 1, epsilon: 1e-5 },
];

describe("writeModel", () => {
  it.each(configs.map((config) => [config.family, config] as const))(
    "writes a %s that is read as it was",
    async (_, config) => {
      const encoder = transformer(config, { pooling: "cls" });
      const tokenizer = await openTokenizer(join(golden, "bert"));
      const model = sentenceModel({ encoder, params: encoder.init(key(5)), tokenizer }, { maxTokens: 9, normalize: false, dimensions: 5 }); // prettier-ignore
      const folder = join(temporaryFolder(), "new", "model");
      await writeModel(folder, model);
      const read = await openModel(folder);
      expect((read.encoder as typeof encoder).config).toEqual(config);
      expect(read.config).toEqual(model.config);
      expect(new Map([...leaves(read.params)].map(([path, leaf]) => [path, leaf.dataSync()]))).toEqual(
        new Map([...leaves(model.params)].map(([path, leaf]) => [path, leaf.dataSync()])),
      );
      expect((await read.encode(texts)).data).toEqual((await model.encode(texts)).data);
      model.dispose();
      read.dispose();
    },
  );

  it("writes the files of a folder of sentence-transformers, with what each reader wants", async () => {
    const model = await openModel(join(golden, "bert"));
    const folder = temporaryFolder();
    await writeModel(folder, model);
    const json = (name: string) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Record<string, unknown>;
    // Source: the shared list of what transformers, sentence-transformers and transformers.js read.
    expect(readdirSync(folder).sort()).toEqual(["1_Pooling", "2_Normalize", "README.md", "config.json", "config_sentence_transformers.json", "model.safetensors", "modules.json", "sentence_bert_config.json", "special_tokens_map.json", "tokenizer.json", "tokenizer_config.json", "vocab.txt"]); // prettier-ignore
    expect(json("config.json")).toMatchObject({ model_type: "bert", architectures: ["BertModel"], hidden_size: 32, vocab_size: 31 }); // prettier-ignore
    expect(json("modules.json")).toEqual([
      { idx: 0, name: "0", path: "", type: "sentence_transformers.models.Transformer" },
      { idx: 1, name: "1", path: "1_Pooling", type: "sentence_transformers.models.Pooling" },
      { idx: 2, name: "2", path: "2_Normalize", type: "sentence_transformers.models.Normalize" },
    ]);
    expect(json("1_Pooling/config.json")).toMatchObject({ word_embedding_dimension: 32, pooling_mode_mean_tokens: true, pooling_mode_cls_token: false }); // prettier-ignore
    expect(json("tokenizer_config.json")).toMatchObject({ tokenizer_class: "BertTokenizer", model_max_length: 12, cls_token: "[CLS]", do_lower_case: true }); // prettier-ignore
    const words = readFileSync(join(folder, "vocab.txt"), "utf8").trimEnd().split("\n");
    expect([words.length, words[0], words[8]]).toEqual([31, "[PAD]", "dog"]);
    model.dispose();
  });

  it("refuses a folder that it cannot make", async () => {
    const model = await openModel(join(golden, "bert"));
    const file = join(golden, "bert", "config.json");
    await expect(writeModel(join(file, "model"), model)).rejects.toThrow(UserError);
    model.dispose();
  });
});

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileError, writeFileAtomic } from "@nearfar/formats";
import type { ClipText } from "./clipText.ts";
import { folderText } from "./folderText.ts";
import { modelCard } from "./modelCard.ts";
import { poolingFlags } from "./poolingFlags.ts";
import type { SentenceModel } from "./sentenceModel.ts";
import type { TextEncoder } from "./textEncoder.ts";
import { tokenizerFiles } from "./tokenizerFiles.ts";
import type { Transformer } from "./transformer.ts";
import { writeClipText } from "./writeClipText.ts";
import { writeStatic } from "./writeStatic.ts";
import { writeTransformer } from "./writeTransformer.ts";

/**
 * Writes a model as the folder that `openModel`, sentence-transformers, transformers and transformers.js (but for its ONNX files) read.
 *
 * Weights and settings of the encoder, the tokenizer's files, and the list of steps with how they pool. Each file is written atomically, the list
 * last; the settings are in the form of older sentence-transformers, which all versions read. CLIP's text transformer is written as `writeClipText` does. A folder that cannot be written to is a `UserError`.
 */
export async function writeModel(
  folder: string,
  { encoder, params, tokenizer, config }: Pick<SentenceModel, "config" | "encoder" | "params" | "tokenizer">,
): Promise<void> {
  const { kind, pooling, maxTokens, normalize, dimensions } = config;
  if ((encoder as Partial<ClipText>).config?.causal === false)
    throw new RangeError(
      "writeModel: SigLIP's texts are padded, which no folder of texts alone says; write both towers by writeClip.",
    );
  if ("causal" in Object((encoder as TextEncoder).config))
    return writeClipText(folder, { encoder: encoder as ClipText, params, tokenizer, config });
  if (kind === "static") return writeStatic(folder, { params, tokenizer, unit: normalize });
  const steps = ["Transformer", "Pooling", ...(normalize ? ["Normalize"] : [])];
  const paths = steps.map((step, i) => (i === 0 ? "" : `${i}_${step}`));
  for (const path of paths)
    await mkdir(join(folder, path), { recursive: true }).catch((error: unknown) => {
      throw fileError(folder, error);
    });
  const write = (name: string, text: string) => writeFileAtomic(join(folder, name), Buffer.from(text));
  const { config: sizes } = encoder as Transformer;

  await writeTransformer(folder, sizes, params);
  for (const [name, text] of tokenizerFiles(tokenizer, { maxTokens })) await write(name, text);
  const flags = Object.entries(poolingFlags).map(([flag, kind]) => [flag, kind === pooling]);
  await write(
    "1_Pooling/config.json",
    folderText.json({ word_embedding_dimension: sizes.width, ...Object.fromEntries(flags) }),
  );
  if (normalize) await write("2_Normalize/config.json", folderText.json({}));
  await write("sentence_bert_config.json", folderText.json({ max_seq_length: maxTokens, do_lower_case: false }));
  const truncation = dimensions < sizes.width ? { truncate_dim: dimensions } : {};
  await write("config_sentence_transformers.json", folderText.json({ ...folderText.settings, ...truncation }));
  await write("README.md", modelCard(`A ${sizes.family} of ${sizes.layers} layers`, dimensions));
  const modules = steps.map((step, idx) => ({
    idx,
    name: String(idx),
    path: paths[idx],
    type: `sentence_transformers.models.${step}`,
  }));
  await write("modules.json", folderText.json(modules));
}

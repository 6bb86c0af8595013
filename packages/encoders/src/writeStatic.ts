import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileError, writeFileAtomic, writeSafetensorsFile, type NamedArray } from "@nearfar/formats";
import type { Params, Tensor2D } from "@nearfar/tensor";
import type { Tokenizer } from "@nearfar/tokenizers";
import { folderText } from "./folderText.ts";
import { foldWeights } from "./foldWeights.ts";
import { modelCard } from "./modelCard.ts";

export interface StaticParts {
  /** Those of a `staticEmbedding`: `{ embedding: { weight } }`, `[v, d]`. */
  readonly params: Params;
  readonly tokenizer: Tokenizer;
  /** Readers bring vectors to length 1. */
  readonly unit?: boolean;
}

/**
 * Writes a static embedding as a folder that `openStatic` and sentence-transformers read: `modules.json`, `model.safetensors`,
 * `tokenizer.json`, `config_sentence_transformers.json`, `README.md`; weights per token are folded into the table.
 *
 * The layout is that of sentence-transformers 6.2 with the names of types that older versions know too. Each file is written atomically, the list of modules
 * last. A folder that cannot be written to is a `UserError`.
 */
export async function writeStatic(folder: string, { params, tokenizer, unit = true }: StaticParts): Promise<void> {
  const folded = foldWeights(params);
  const table = (folded.embedding as Params).weight as Tensor2D;
  const [vocabularySize, dimensions] = table.shape;
  await mkdir(join(folder, ...(unit ? ["1_Normalize"] : [])), { recursive: true }).catch((error: unknown) => {
    throw fileError(folder, error);
  });
  const weight: NamedArray = { shape: table.shape, dtype: "F32", data: (await table.data()) as Float32Array };
  table.dispose();
  await writeSafetensorsFile(join(folder, "model.safetensors"), new Map([["embedding.weight", weight]]), {
    format: "pt",
  });
  const writeText = (name: string, text: string) => writeFileAtomic(join(folder, name), Buffer.from(text));
  await writeText("tokenizer.json", JSON.stringify(tokenizer.json));
  await writeText("config_sentence_transformers.json", folderText.json(folderText.settings));
  await writeText(
    "README.md",
    modelCard(`The mean of a text's token vectors, a table of ${vocabularySize} tokens`, dimensions),
  );
  if (unit) await writeText("1_Normalize/config.json", "{}");
  await writeText("modules.json", folderText.json(unit ? [embedding, normalized] : [embedding]));
}

const embedding = { idx: 0, name: "0", path: "", type: "sentence_transformers.models.StaticEmbedding" };
const normalized = { idx: 1, name: "1", path: "1_Normalize", type: "sentence_transformers.models.Normalize" };

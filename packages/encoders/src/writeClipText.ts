import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileError, writeFileAtomic, writeSafetensorsFile } from "@nearfar/formats";
import type { ClipText } from "./clipText.ts";
import { folderText } from "./folderText.ts";
import { namedArrays } from "./namedArrays.ts";
import type { SentenceModel } from "./sentenceModel.ts";

/**
 * Writes CLIP's text transformer alone, with any tokenizer, as a folder that `openModel` reads: `config.json` (`model_type` "nearfar-text"),
 * `model.safetensors` with the paths and the layout that the weights have in a run, `tokenizer.json`.
 *
 * Hugging Face has a folder for both towers of CLIP together (`writeClip`). Each file is written atomically, the settings last.
 */
export async function writeClipText(
  folder: string,
  {
    encoder,
    params,
    tokenizer,
    config,
  }: Pick<SentenceModel, "config" | "params" | "tokenizer"> & { encoder: ClipText },
): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw fileError(folder, error);
  });
  await writeSafetensorsFile(join(folder, "model.safetensors"), namedArrays(params), { format: "nearfar-text/1" });
  await writeFileAtomic(join(folder, "tokenizer.json"), Buffer.from(JSON.stringify(tokenizer.json)));
  const { maxTokens, normalize } = config;
  const json = { model_type: "nearfar-text", encoder: encoder.config, maxTokens, normalize };
  await writeFileAtomic(join(folder, "config.json"), Buffer.from(folderText.json(json)));
}

import { startFolder, startStatic, startTransformer, type TextCorpus, type TextStart } from "@nearfar/encoders";
import { openTokenizer, trainTokenizer, type Tokenizer } from "@nearfar/tokenizers";
import type { Settings } from "./settings.ts";

export interface StartOptions {
  /** A `tokenizer.json`, or a folder that holds one, in place of a new vocabulary. */
  readonly tokenizer?: string;
  /** The texts of a new vocabulary. */
  readonly texts: () => Iterable<string>;
}

/** A tokenizer, and then, once it has cut the corpus, the encoder that the settings start from: new, or that of a model folder. */
export async function openStart(
  settings: Settings,
  { tokenizer, texts }: StartOptions,
): Promise<{ tokenizer: Tokenizer; start: (corpus: TextCorpus) => TextStart }> {
  if (settings.encoder === "folder") {
    const start = await startFolder(settings.init, settings);
    return { tokenizer: start.tokenizer, start: () => start };
  }
  const words =
    tokenizer === undefined
      ? trainTokenizer(texts(), { vocabulary: settings.vocabulary })
      : await openTokenizer(tokenizer);
  const start = (corpus: TextCorpus) =>
    settings.encoder === "static" ? startStatic(words, settings, corpus) : startTransformer(words, settings);
  return { tokenizer: words, start };
}

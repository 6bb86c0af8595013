import { openTokenizer, trainTokenizer, type Tokenizer } from "@nearfar/tokenizers";
import type { Corpus } from "./corpus.ts";
import type { Settings } from "./settings.ts";
import type { Start } from "./start.ts";
import { startFolder } from "./startFolder.ts";
import { startStatic } from "./startStatic.ts";
import { startTransformer } from "./startTransformer.ts";

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
): Promise<{ tokenizer: Tokenizer; start: (corpus: Corpus) => Start }> {
  if (settings.encoder === "folder") {
    const start = await startFolder(settings);
    return { tokenizer: start.tokenizer, start: () => start };
  }
  const words =
    tokenizer === undefined
      ? trainTokenizer(texts(), { vocabulary: settings.vocabulary })
      : await openTokenizer(tokenizer);
  const start = (corpus: Corpus) =>
    settings.encoder === "static" ? startStatic(words, settings, corpus) : startTransformer(words, settings);
  return { tokenizer: words, start };
}

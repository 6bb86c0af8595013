import {
  startClipText,
  startFolder,
  startStatic,
  startTransformer,
  type TextCorpus,
  type TextStart,
} from "@nearfar/encoders";
import { words } from "@nearfar/text-augmentation";
import { openTokenizer, trainTokenizer, type Tokenizer } from "@nearfar/tokenizers";
import { choices } from "./choices.ts";
import type { Settings } from "./settings.ts";
import { isNewText } from "./isNewText.ts";
import { towerFolder } from "./towerFolder.ts";
import { withoutUnknown } from "./withoutUnknown.ts";

export interface TextStartOptions {
  /** A `tokenizer.json`, or a folder that holds one, in place of a new vocabulary. */
  readonly tokenizer?: string;
  /** The captions of a new vocabulary. */
  readonly captions: () => Iterable<string>;
}

/** The tower of texts that the settings start from: a new one with a vocabulary of the captions, or that of a model folder or of a run. */
export async function openTextStart(
  settings: Settings,
  { tokenizer: given, captions }: TextStartOptions,
): Promise<TextStart> {
  const { text, maxTokens, transformer } = settings;
  if (!isNewText(text)) {
    const folder = await towerFolder("text", text, choices.text);
    return startFolder(folder, { maxTokens, normalize: false });
  }
  const tokenizer = given === undefined ? newTokenizer(settings, captions) : await openTokenizer(given);
  if (text === "static") {
    const corpus: TextCorpus = { counts: () => countsOf(tokenizer, captions()), sample: () => [] };
    return withoutUnknown(startStatic(tokenizer, settings, corpus));
  }
  if (text === "clip") return startClipText(tokenizer, { ...transformer, maxTokens, normalize: false });
  const { width, ...sizes } = transformer;
  return startTransformer(tokenizer, { dimensions: width, maxTokens, normalize: false, ...sizes });
}

/** Where words are dropped, training sees words without their punctuation: nothing else gets a token. */
function newTokenizer({ vocabulary, tokens, keepWords }: Settings, captions: () => Iterable<string>): Tokenizer {
  const texts = keepWords < 1 ? wordsAlone(captions()) : captions();
  return trainTokenizer(texts, { vocabulary, model: tokens === "words" ? "words" : "wordpiece" });
}

function* wordsAlone(captions: Iterable<string>): Generator<string> {
  for (const caption of captions) yield words(caption).join(" ");
}

function countsOf(tokenizer: Tokenizer, captions: Iterable<string>): Float64Array {
  const counts = new Float64Array(tokenizer.vocabularySize);
  for (const caption of captions) for (const id of tokenizer.encode(caption)) counts[id]!++;
  return counts;
}

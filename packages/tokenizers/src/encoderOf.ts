import { bertNormalizer } from "./bertNormalizer.ts";
import { bertWords } from "./bertWords.ts";
import { byteLevel } from "./byteLevel.ts";
import type { Library } from "./openLibrary.ts";
import { remembered } from "./remembered.ts";
import { splitAt } from "./splitAt.ts";
import type { AddedToken, TokenizerFile } from "./tokenizerFile.ts";

/**
 * The function from text to ids, no special token added, of an opened tokenizer.
 *
 * BERT's and GPT-2's way of splitting is done here, exactly as Hugging Face's own (in Rust) and with an answer kept for every piece
 * of a text that comes again; the library splits for all others. In all cases the library's model makes ids of a word.
 */
export function encoderOf(file: TokenizerFile, library: Library): (text: string) => ArrayLike<number> {
  const added = file.added_tokens ?? [];
  const fast = added.every((one) => !one.single_word && !/\s/.test(one.content));
  if (fast && isBert(file)) return bertEncoder(file, added, library);
  if (fast && isByteLevel(file)) return byteLevelEncoder(file, added, library);
  return (text) => library.encode(text, { add_special_tokens: false }).ids.filter((id) => id !== undefined);
}

const isBert = ({ normalizer, pre_tokenizer }: TokenizerFile) =>
  normalizer?.type === "BertNormalizer" && pre_tokenizer?.type === "BertPreTokenizer";

const isByteLevel = ({ normalizer, pre_tokenizer }: TokenizerFile) =>
  normalizer === null && pre_tokenizer?.type === "ByteLevel" && pre_tokenizer.use_regex !== false;

/**
 * No space is inside a token, and no step looks across one, so what stands between two spaces is encoded by itself, and its ids are
 * kept: words with their capitals and commas come again and again.
 */
function bertEncoder(file: TokenizerFile, added: readonly AddedToken[], library: Library): (text: string) => number[] {
  const normalize = bertNormalizer(file.normalizer!);
  const wordIds = remembered(idsOfWord(library));
  const idOf = new Map(added.map(({ content, id }) => [content, id]));
  const normalizedIdOf = new Map(added.filter(isNormalized).map(({ content, id }) => [normalize(content), id]));
  const splitRaw = splitAt(added.filter((one) => !isNormalized(one)).map(({ content }) => content));
  const splitNormalized = splitAt([...normalizedIdOf.keys()]);

  const compute = (chunk: string): number[] => {
    const ids: number[] = [];
    splitRaw(chunk).forEach((part, i) => {
      if (i % 2 === 1) ids.push(idOf.get(part)!);
      else
        splitNormalized(normalize(part)).forEach((inner, j) => {
          if (j % 2 === 1) ids.push(normalizedIdOf.get(inner)!);
          else for (const word of bertWords(inner)) for (const id of wordIds(word)) ids.push(id);
        });
    });
    return ids;
  };
  const chunkIds = remembered(compute);
  return (text) => {
    const ids: number[] = [];
    for (const chunk of text.split(" ")) if (chunk !== "") for (const id of chunkIds(chunk)) ids.push(id);
    return ids;
  };
}

function byteLevelEncoder(
  file: TokenizerFile,
  added: readonly AddedToken[],
  library: Library,
): (text: string) => number[] {
  const ofLetters = idsOfWord(library);
  const wordIds = remembered((word) => ofLetters(byteLevel.letters(word)));
  const tokens = new Map(added.map((one) => [one.content, one]));
  const split = splitAt([...tokens.keys()]);
  const prefixed = file.pre_tokenizer!.add_prefix_space ?? true; // Rust's default
  return (text) => {
    const ids: number[] = [];
    const parts = split(text);
    parts.forEach((part, i) => {
      if (i % 2 === 1) return ids.push(tokens.get(part)!.id);
      if (i > 0 && tokens.get(parts[i - 1]!)!.rstrip) part = part.trimStart();
      if (i + 1 < parts.length && tokens.get(parts[i + 1]!)!.lstrip) part = part.trimEnd();
      if (part === "") return;
      if (prefixed && !part.startsWith(" ")) part = ` ${part}`;
      for (const word of byteLevel.words(part)) for (const id of wordIds(word)) ids.push(id);
    });
    return ids;
  };
}

const isNormalized = ({ normalized, special }: AddedToken) => normalized ?? !special;

const idsOfWord = (library: Library) => {
  const { model } = library;
  return (word: string): number[] =>
    model._call([word]).flatMap((token) => model.tokens_to_ids.get(token) ?? model.unk_token_id ?? []);
};

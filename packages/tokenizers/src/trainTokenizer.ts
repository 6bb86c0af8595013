import { UserError } from "@nearfar/formats";
import { bertFile } from "./bertFile.ts";
import { bpeFile } from "./bpeFile.ts";
import { createTokenizer } from "./createTokenizer.ts";
import { learnMerges } from "./learnMerges.ts";
import type { Tokenizer } from "./tokenizer.ts";
import { wordCounts } from "./wordCounts.ts";

export interface TrainTokenizerOptions {
  /** The most tokens, special ones included. 30,000 is the default of Hugging Face's trainers, and BERT's size (30,522) rounded. */
  vocabulary?: number;
  /** How words are cut: by the longest known piece (BERT), by the merges in their order, or not at all. */
  model?: "wordpiece" | "bpe" | "words";
  /** Capitals and accents are removed from texts first. */
  lowercase?: boolean;
  /** A piece or word that was seen less often is not made; single characters always are, but of whole words. */
  minFrequency?: number;
}

/**
 * Learns a vocabulary from texts; the tokenizer's `json` is a `tokenizer.json` that Hugging Face's libraries open.
 *
 * The pieces, their ids and merges equal those of Hugging Face's `WordPieceTrainer` and `BpeTrainer` on the same texts behind BERT's
 * normalizer and pre-tokenizer (each Chinese character is a word). Ids: `[PAD] [UNK] [CLS] [SEP] [MASK]`, then single characters by code
 * point, then pieces as they were merged. Where single characters would take more than the vocabulary, the rarest are left out. Whole words
 * are the most frequent ones, of equally frequent ones the lower code points; what is none of them is `[UNK]`.
 * Throws `UserError` for texts without a word, RangeError for a vocabulary that holds no character.
 */
export function trainTokenizer(
  texts: Iterable<string>,
  { vocabulary = 30_000, model = "wordpiece", lowercase = true, minFrequency = 2 }: TrainTokenizerOptions = {},
): Tokenizer {
  const room = vocabulary - SPECIAL.length;
  if (!(Number.isInteger(vocabulary) && room >= 2))
    throw new RangeError(`trainTokenizer: a vocabulary has at least ${SPECIAL.length + 2} tokens; got ${vocabulary}.`);
  const counted = wordCounts(texts, { lowercase });
  if (counted.size === 0)
    throw new UserError("there is no word in the texts, so no vocabulary can be learnt from them");
  if (model === "words") {
    const tokens = [...SPECIAL, ...mostFrequent(counted, { most: room, minFrequency })];
    return createTokenizer(bertFile(numbered(tokens), { lowercase }));
  }

  const form = model === "wordpiece" ? pieceForm : bpeForm;
  const letters = new Set(alphabet(counted, Math.floor(room / 2))); // each letter has at most two forms
  const spelt = [...counted.keys()].map((word) => [...word].filter((letter) => letters.has(letter)));
  const forms = new Set<string>();
  const spellings = spelt.map((word) => word.map(form));
  for (const spelling of spellings) for (const one of spelling) if (!letters.has(one)) forms.add(one);

  const tokens = [...SPECIAL, ...[...letters].sort(byCodePoint), ...[...forms].sort(byCodePoint)];
  const idOf = new Map(tokens.map((token, id) => [token, id]));
  const words = spellings.map((spelling) => spelling.map((one) => idOf.get(one)!));
  const prefix = model === "wordpiece" ? PREFIX : "";
  const merges = learnMerges(words, [...counted.values()], tokens, { vocabulary, minFrequency, prefix });

  const ids = numbered(tokens);
  return createTokenizer(
    model === "wordpiece" ? bertFile(ids, { lowercase }) : bpeFile(ids, merges, SUFFIX, { lowercase }),
  );
}

const numbered = (tokens: readonly string[]) => Object.fromEntries(tokens.map((token, id) => [token, id]));

const SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];
const PREFIX = "##";
const SUFFIX = "</w>";

/** WordPiece marks what does not begin a word, BPE what ends one. */
const pieceForm = (letter: string, i: number) => (i === 0 ? letter : PREFIX + letter);
const bpeForm = (letter: string, i: number, word: readonly string[]) =>
  i === word.length - 1 ? letter + SUFFIX : letter;

/** The letters of all words, at most `most` of them: the most frequent, of equally frequent ones the lower code points. */
function alphabet(counted: ReadonlyMap<string, number>, most: number): string[] {
  const times = new Map<string, number>();
  for (const [word, count] of counted) for (const letter of word) times.set(letter, (times.get(letter) ?? 0) + count);
  return mostFrequent(times, { most });
}

function mostFrequent(
  counted: ReadonlyMap<string, number>,
  { most, minFrequency = 0 }: { most: number; minFrequency?: number },
): string[] {
  return [...counted]
    .filter(([, count]) => count >= minFrequency)
    .sort(([a, x], [b, y]) => y - x || byCodePoint(a, b))
    .slice(0, most)
    .map(([token]) => token);
}

/** By the first characters that differ, as numbers: not JavaScript's order, which sorts halves of surrogate pairs. */
function byCodePoint(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  const at = left.findIndex((letter, i) => letter !== right[i]);
  return at < 0 ? left.length - right.length : left[at]!.codePointAt(0)! - (right[at]?.codePointAt(0) ?? -1);
}

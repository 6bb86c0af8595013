import { packTokens } from "@nearfar/encoders";
import { UserError } from "@nearfar/formats";
import type { MaskedTexts } from "@nearfar/methods";
import type { Key } from "@nearfar/random";
import { tf } from "@nearfar/tensor";
import { maskTokens } from "@nearfar/text-augmentation";
import type { Tokenizer } from "@nearfar/tokenizers";

/** Texts as the encoder reads them, 15 % of their words masked as BERT does, and what stood there. A vocabulary without a mask token is a `UserError`. */
export function maskedTexts(
  key: Key,
  lists: readonly Int32Array[],
  { special, vocabularySize }: Tokenizer,
): MaskedTexts {
  const { mask } = special;
  if (mask === undefined)
    throw new UserError("mlm: the vocabulary needs a mask token, and this tokenizer has none. Leave --mlm out.");
  const options = { mask, vocabulary: vocabularySize, special: Object.values(special) };
  const masked = lists.map((ids, i) => maskTokens(key.fold(i), ids, options));
  const labels = masked.flatMap(({ labels }) => [...labels]); // in the order of the packed tokens
  const places = [...labels.keys()].filter((place) => labels[place]! >= 0);
  // A batch without a masked word counts none: one place whose word is below 0.
  const at = places.length > 0 ? places : [0];
  return {
    tokens: packTokens(masked.map(({ ids }) => ids)),
    places: tf.tensor1d(at, "int32"),
    words: tf.tensor1d(
      at.map((place) => labels[place]!),
      "int32",
    ),
  };
}

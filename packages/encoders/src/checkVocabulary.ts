import { UserError } from "@nearfar/formats";
import type { Tokenizer } from "@nearfar/tokenizers";

/** Throws UserError unless the token table of a folder's weights has a row for each of its tokenizer's tokens. */
export function checkVocabulary(folder: string, tokenizer: Tokenizer, rows: number): void {
  if (tokenizer.vocabularySize > rows)
    throw new UserError(
      `${folder}: the tokenizer has ${tokenizer.vocabularySize} tokens and the weights ${rows}; does it belong to these weights?`,
    );
}

import { Tokenizer } from "@huggingface/tokenizers";
import { UserError } from "@nearfar/formats";
import type { TokenizerFile } from "./tokenizerFile.ts";

/** What is used of `@huggingface/tokenizers`, whose own declarations Node's resolution does not find. */
export interface Library {
  readonly model: {
    /** The token of each id. */
    readonly vocab: readonly string[];
    readonly tokens_to_ids: ReadonlyMap<string, number>;
    readonly unk_token_id?: number;
    _call(words: string[]): string[];
  };
  readonly post_processor: ((tokens: string[], pair: null, addSpecial: boolean) => { tokens: string[] }) | null;
  token_to_id(token: string): number | undefined;
  encode(text: string, options: { add_special_tokens: boolean }): { ids: (number | undefined)[] };
  decode(ids: number[], options: { skip_special_tokens: boolean; clean_up_tokenization_spaces: boolean }): string;
}

/** Hugging Face's own JavaScript library on a file's contents. Throws `UserError` with `source` for what it does not know. */
export function openLibrary(file: TokenizerFile, config: Readonly<Record<string, unknown>>, source: string): Library {
  try {
    return new Tokenizer(file, config) as unknown as Library;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`${source}: this tokenizer cannot be read: ${reason}`);
  }
}

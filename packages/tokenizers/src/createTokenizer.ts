import { UserError } from "@nearfar/formats";
import { encoderOf } from "./encoderOf.ts";
import { openLibrary, type Library } from "./openLibrary.ts";
import type { Tokenizer } from "./tokenizer.ts";
import type { TokenizerFile } from "./tokenizerFile.ts";

export interface CreateTokenizerOptions {
  /** What `tokenizer_config.json` says; only the names of the special tokens are read. */
  config?: Readonly<Record<string, unknown>>;
  /** The file's name in error messages. */
  source?: string;
}

/**
 * A tokenizer of the parsed contents of a `tokenizer.json`; ids equal those of Hugging Face's own library.
 *
 * Throws `UserError` for contents that are no tokenizer, or one of a kind that is not known, with `source` and the reason.
 */
export function createTokenizer(
  json: unknown,
  { config = {}, source = "tokenizer.json" }: CreateTokenizerOptions = {},
): Tokenizer {
  const file = checked(json, source);
  const library = openLibrary(file, config, source);
  const encode = encoderOf(file, library);
  const { before, after } = surroundings(library, source);
  const named = (names: readonly unknown[]): number | undefined => {
    for (const name of names) {
      const id = library.token_to_id(contentOf(name) ?? "");
      if (id !== undefined) return id;
    }
    return undefined;
  };
  const special = {
    pad: named([config["pad_token"], file.padding?.pad_token, "[PAD]", "<pad>"]),
    unknown: named([file.model.unk_token, config["unk_token"], "[UNK]", "<unk>"]),
    mask: named([config["mask_token"], "[MASK]", "<mask>"]),
    begin: before[0],
    end: after.at(-1),
  };
  const surround = before.length + after.length;
  return {
    vocabularySize: library.model.vocab.length,
    special: Object.fromEntries(Object.entries(special).filter(([, id]) => id !== undefined)),
    encode: (text) => new Int32Array(encode(text)),
    decode(ids) {
      const list = Array.from(ids);
      return list.length === 0
        ? ""
        : library.decode(list, { skip_special_tokens: true, clean_up_tokenization_spaces: false });
    },
    wrap(ids, most) {
      if (!(most > surround))
        throw new RangeError(
          `wrap: at least ${surround + 1} tokens are needed, ${surround} of them special; got ${most}.`,
        );
      const kept = ids.subarray(0, most - surround);
      if (kept.length + surround === 0) return Int32Array.of(special.unknown ?? special.pad ?? 0);
      const wrapped = new Int32Array(kept.length + surround);
      wrapped.set(before);
      wrapped.set(kept, before.length);
      wrapped.set(after, before.length + kept.length);
      return wrapped;
    },
    json: file,
  };
}

/** Far above any real vocabulary, the largest of which have a million entries; a table of vectors has a row for each id. */
const MOST_IDS = 10_000_000;

function checked(json: unknown, source: string): TokenizerFile {
  const wrong = (reason: string) => new UserError(`${source}: not a tokenizer.json: ${reason}`);
  if (!isObject(json)) throw wrong("an object is expected");
  const { model, added_tokens: added } = json;
  if (!isObject(model)) throw wrong('"model" is missing');
  const { vocab } = model;
  if (!isObject(vocab) && !Array.isArray(vocab)) throw wrong('"model.vocab" is missing');
  if (
    added != null &&
    !(
      Array.isArray(added) &&
      added.every((one) => isObject(one) && typeof one["content"] === "string" && one["content"] !== "")
    )
  )
    throw wrong('"added_tokens" is no list of tokens');
  const ids = [
    ...(isObject(vocab) ? Object.values(vocab) : []),
    ...((added ?? []) as { id: unknown }[]).map(({ id }) => id),
  ];
  const bad = ids.find((id) => !(Number.isInteger(id) && (id as number) >= 0 && (id as number) < MOST_IDS));
  if (bad !== undefined) throw wrong(`an id is a whole number below ${MOST_IDS}; got ${String(bad)}`);
  // The library wants all parts named, absent ones as null.
  const absent = { added_tokens: [], normalizer: null, pre_tokenizer: null, post_processor: null, decoder: null };
  return { ...absent, ...json, ...(added == null && { added_tokens: [] }) } as unknown as TokenizerFile;
}

/** The special tokens that the file puts around one text: what its post-processor adds to a token that is none. */
function surroundings(library: Library, source: string): { before: number[]; after: number[] } {
  const text = "\0";
  const tokens = library.post_processor?.([text], null, true).tokens ?? [text];
  const at = tokens.indexOf(text);
  const idOf = (token: string) => {
    const id = library.token_to_id(token);
    if (id === undefined)
      throw new UserError(`${source}: the special token ${token} is put around texts but has no id`);
    return id;
  };
  return { before: tokens.slice(0, at).map(idOf), after: tokens.slice(at + 1).map(idOf) };
}

/** A token in a configuration is its text, or an object that holds it. */
const contentOf = (token: unknown): string | undefined =>
  typeof token === "string"
    ? token
    : isObject(token) && typeof token["content"] === "string"
      ? token["content"]
      : undefined;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

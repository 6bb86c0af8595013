import type { Tokenizer } from "@nearfar/tokenizers";

/** What `tokenizer.json` may hold, of which the files beside it repeat a part. */
interface Source {
  readonly added_tokens?: readonly { readonly id: number; readonly content: string }[];
  readonly model?: { readonly type?: string; readonly vocab?: Readonly<Record<string, number>> | readonly unknown[] };
  readonly normalizer?: Readonly<Record<string, unknown>> | null;
}

interface TokenizerFilesOptions {
  readonly maxTokens: number;
  /** What the files call the tokens around a text: BERT's names, or `bos_token` and `eos_token`. */
  readonly names?: { readonly begin: string; readonly end: string };
}

/**
 * The tokenizer's files of a model folder by their names: `tokenizer.json`, `tokenizer_config.json`, `special_tokens_map.json`, and of a word piece
 * vocabulary `vocab.txt`, for readers that know no `tokenizer.json`.
 *
 * BERT's way of splitting is named as such with its settings; all others are Hugging Face's `PreTrainedTokenizerFast`, which reads `tokenizer.json`.
 */
export function tokenizerFiles(
  { json, special }: Tokenizer,
  { maxTokens, names = { begin: "cls_token", end: "sep_token" } }: TokenizerFilesOptions,
): Map<string, string> {
  const source = json as Source;
  const tokens = vocabularyOf(source);
  const named = Object.entries({
    pad_token: special.pad,
    unk_token: special.unknown,
    mask_token: special.mask,
    [names.begin]: special.begin,
    [names.end]: special.end,
  }).flatMap(([name, id]) => (id === undefined || tokens[id] === undefined ? [] : [[name, tokens[id]] as const]));
  const map = Object.fromEntries(named);
  const { normalizer } = source;
  const wordPiece = source.model?.type === "WordPiece";
  const bert = wordPiece && normalizer?.type === "BertNormalizer";
  const kind = bert
    ? {
        tokenizer_class: "BertTokenizer",
        do_lower_case: normalizer.lowercase !== false,
        strip_accents: normalizer.strip_accents ?? null,
        tokenize_chinese_chars: normalizer.handle_chinese_chars !== false,
      }
    : { tokenizer_class: "PreTrainedTokenizerFast" };
  const files: [string, object | string][] = [
    ["tokenizer.json", JSON.stringify(json)],
    ["tokenizer_config.json", { ...kind, model_max_length: maxTokens, ...map }],
    ["special_tokens_map.json", map],
    ...(wordPiece
      ? [["vocab.txt", `${Array.from(tokens, (token) => token ?? "").join("\n")}\n`] as [string, string]]
      : []),
  ];
  return new Map(
    files.map(([name, file]) => [name, typeof file === "string" ? file : `${JSON.stringify(file, null, 2)}\n`]),
  );
}

/** The token of each id. */
function vocabularyOf({ model, added_tokens: added = [] }: Source): (string | undefined)[] {
  const tokens: (string | undefined)[] = [];
  const vocabulary = model?.vocab ?? {};
  if (Array.isArray(vocabulary)) for (const [id, [token]] of (vocabulary as [string][]).entries()) tokens[id] = token;
  else for (const [token, id] of Object.entries(vocabulary as Record<string, number>)) tokens[id] = token;
  for (const { id, content } of added) tokens[id] ??= content;
  return tokens;
}

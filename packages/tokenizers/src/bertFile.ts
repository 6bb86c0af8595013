/** What stands in a `tokenizer.json` of BERT's family beside the vocabulary. */
export interface BertFileOptions {
  lowercase?: boolean;
  /** By default where `lowercase` is set. */
  stripAccents?: boolean | null;
  chinese?: boolean;
}

/**
 * The `tokenizer.json` of a WordPiece vocabulary as BERT, DistilBERT, MiniLM and (with `<s>` for `[CLS]`) MPNet have it.
 *
 * Source: github.com/huggingface/transformers, `convert_slow_tokenizer.py`, `BertConverter` and `MPNetConverter`.
 */
export function bertFile(
  vocabulary: Readonly<Record<string, number>>,
  { lowercase = true, stripAccents = null, chinese = true }: BertFileOptions = {},
): object {
  const has = (token: string) => Object.hasOwn(vocabulary, token);
  const [begin, end] = has("[CLS]") || !has("<s>") ? ["[CLS]", "[SEP]"] : ["<s>", "</s>"];
  const unknown = has("[UNK]") || !has("<unk>") ? "[UNK]" : "<unk>";
  const special = ["[PAD]", "<pad>", unknown, begin, end, "[MASK]", "<mask>"].filter(has);
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: special
      .map((content) => addedToken(vocabulary[content]!, content, content === "<mask>"))
      .sort((a, b) => a.id - b.id),
    normalizer: {
      type: "BertNormalizer",
      clean_text: true,
      handle_chinese_chars: chinese,
      strip_accents: stripAccents,
      lowercase,
    },
    pre_tokenizer: { type: "BertPreTokenizer" },
    post_processor: has(begin) && has(end) ? around(vocabulary, begin, end) : null,
    decoder: { type: "WordPiece", prefix: "##", cleanup: true },
    model: {
      type: "WordPiece",
      unk_token: unknown,
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 100,
      vocab: vocabulary,
    },
  };
}

const addedToken = (id: number, content: string, lstrip: boolean) => ({
  id,
  content,
  single_word: false,
  lstrip,
  rstrip: false,
  normalized: false,
  special: true,
});

/** `[CLS] text [SEP]`, and `[CLS] text [SEP] text [SEP]` for a pair. */
function around(vocabulary: Readonly<Record<string, number>>, begin: string, end: string): object {
  const token = (id: string, type_id = 0) => ({ SpecialToken: { id, type_id } });
  const text = (id: "A" | "B", type_id = 0) => ({ Sequence: { id, type_id } });
  const known = (id: string) => ({ id, ids: [vocabulary[id]!], tokens: [id] });
  const single = [token(begin), text("A"), token(end)];
  return {
    type: "TemplateProcessing",
    single,
    pair: [...single, text("B", 1), token(end, 1)],
    special_tokens: { [begin]: known(begin), [end]: known(end) },
  };
}

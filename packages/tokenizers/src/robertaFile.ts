/**
 * The `tokenizer.json` of a byte-level BPE vocabulary and its merges as RoBERTa has it; `merges` are lines of two tokens.
 *
 * Source: github.com/huggingface/transformers, `convert_slow_tokenizer.py`, `RobertaConverter`.
 */
export function robertaFile(
  vocabulary: Readonly<Record<string, number>>,
  merges: readonly string[],
  { addPrefixSpace = false }: { addPrefixSpace?: boolean } = {},
): object {
  const special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"].filter((token) => Object.hasOwn(vocabulary, token));
  const bytes = { add_prefix_space: addPrefixSpace, trim_offsets: true };
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: special.map((content) => ({
      id: vocabulary[content]!,
      content,
      single_word: false,
      lstrip: content === "<mask>",
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: null,
    pre_tokenizer: { type: "ByteLevel", ...bytes, use_regex: true },
    post_processor: {
      type: "RobertaProcessing",
      sep: ["</s>", vocabulary["</s>"]],
      cls: ["<s>", vocabulary["<s>"]],
      ...bytes,
    },
    decoder: { type: "ByteLevel", add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: "BPE",
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: "",
      end_of_word_suffix: "",
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: vocabulary,
      merges,
    },
  };
}

import { bertFile } from "./bertFile.ts";

/** The `tokenizer.json` of a BPE vocabulary whose words end with `suffix`, split and surrounded as BERT's. */
export function bpeFile(
  vocabulary: Readonly<Record<string, number>>,
  merges: readonly (readonly [string, string])[],
  suffix: string,
  { lowercase = true }: { lowercase?: boolean } = {},
): object {
  return {
    ...bertFile(vocabulary, { lowercase }),
    decoder: { type: "BPEDecoder", suffix },
    model: {
      type: "BPE",
      dropout: null,
      unk_token: "[UNK]",
      continuing_subword_prefix: null,
      end_of_word_suffix: suffix,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: vocabulary,
      merges,
    },
  };
}

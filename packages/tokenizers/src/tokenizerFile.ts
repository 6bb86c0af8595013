import type { BertNormalizerOptions } from "./bertNormalizer.ts";

/** What is read of a `tokenizer.json` here; the library that encodes reads the rest. */
export interface TokenizerFile {
  added_tokens?: readonly AddedToken[] | null;
  normalizer: (Part & BertNormalizerOptions) | null;
  pre_tokenizer: (Part & { add_prefix_space?: boolean; use_regex?: boolean }) | null;
  post_processor: Part | null;
  decoder: Part | null;
  padding?: { pad_token?: string } | null;
  model: { type?: string; vocab: Record<string, number> | readonly unknown[]; unk_token?: string | null };
}

export interface AddedToken {
  id: number;
  content: string;
  single_word?: boolean;
  lstrip?: boolean;
  rstrip?: boolean;
  normalized?: boolean;
  special?: boolean;
}

interface Part {
  type: string;
}

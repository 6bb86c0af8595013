import { createTokenizer, type Tokenizer } from "@nearfar/tokenizers";

/** The same tokenizer with capitals lowered first, as `do_lower_case` asks; itself where it does that already. */
export function lowercased(tokenizer: Tokenizer): Tokenizer {
  const [high, low] = ["A BAT", "a bat"].map((text) => tokenizer.encode(text).join());
  if (high === low) return tokenizer;
  const json = tokenizer.json as { normalizer?: object | null };
  const normalizers = [{ type: "Lowercase" }, ...(json.normalizer ? [json.normalizer] : [])];
  return createTokenizer({ ...json, normalizer: { type: "Sequence", normalizers } });
}

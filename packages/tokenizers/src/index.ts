export { createTokenizer } from "./createTokenizer.ts";
export type { CreateTokenizerOptions } from "./createTokenizer.ts";
export { openTokenizer } from "./openTokenizer.ts";
export type { Tokenizer } from "./tokenizer.ts";
export { trainTokenizer } from "./trainTokenizer.ts";
export type { TrainTokenizerOptions } from "./trainTokenizer.ts";

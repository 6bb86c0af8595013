import type { Tokenizer } from "@nearfar/tokenizers";
import { sentenceModel, type SentenceModelOptions } from "./sentenceModel.ts";
import type { TextEncoder } from "./textEncoder.ts";
import type { TextStart } from "./textStart.ts";
import { writeModel } from "./writeModel.ts";

export interface TransformerStartOptions {
  /** Tokens of a text in training. */
  readonly maxTokens: number;
  /** Tokens of a text afterwards. */
  readonly longest?: number;
  readonly normalize?: boolean;
}

/** A transformer to be trained, new or pretrained. In training texts are cut to `maxTokens`; the model that is kept takes all that it can. */
export function transformerStart(
  { encoder, tokenizer }: { encoder: TextEncoder; tokenizer: Tokenizer },
  { maxTokens, longest = encoder.maxTokens, normalize = true }: TransformerStartOptions,
): TextStart {
  let truncated = 0;
  const options: SentenceModelOptions = { maxTokens: longest, normalize };
  return {
    encoder,
    tokenizer,
    get truncated() {
      return truncated;
    },
    wrap(ids) {
      const wrapped = tokenizer.wrap(ids, maxTokens);
      if (wrapped.length === maxTokens && ids.length > maxTokens - 2) truncated++;
      return wrapped;
    },
    model(params) {
      const model = sentenceModel({ encoder, params, tokenizer }, options);
      // The weights stay the training's.
      return Object.assign(model, { dispose: () => {}, write: (folder: string) => writeModel(folder, model) });
    },
  };
}

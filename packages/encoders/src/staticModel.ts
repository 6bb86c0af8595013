import type { Vectors } from "@nearfar/formats";
import { leaves, normalize, tf, type Params, type Tensor2D } from "@nearfar/tensor";
import type { Tokenizer } from "@nearfar/tokenizers";
import type { Encoder } from "./encoder.ts";
import type { EncodeOptions, SentenceEncoder } from "./sentenceEncoder.ts";
import { staticEmbedding } from "./staticEmbedding.ts";
import { tokenMeans } from "./tokenMeans.ts";
import type { Tokens } from "./tokens.ts";

export interface StaticModelOptions {
  readonly name?: string;
  /** Vectors of length 1. */
  readonly unit?: boolean;
}

/** A static embedding with its tokenizer. */
export interface StaticModel extends SentenceEncoder {
  readonly encoder: Encoder<Tokens>;
  /** As `encoder` has them: `{ embedding: { weight } }`, `[v, d]`. */
  readonly params: Params;
  readonly tokenizer: Tokenizer;
  readonly unit: boolean;
}

/**
 * The weights of a `staticEmbedding` and its tokenizer as an encoder of sentences, whose `dispose` frees the weights.
 *
 * As sentence-transformers' `StaticEmbedding`: no special tokens, a text without tokens is 0, and texts are truncated only where
 * `tokenizer.json` says so. Throws RangeError for a tokenizer with ids beyond the table.
 */
export function staticModel(
  params: Params,
  tokenizer: Tokenizer,
  { name = "static", unit = true }: StaticModelOptions = {},
): StaticModel {
  const table = (params.embedding as Params).weight as Tensor2D;
  const [vocabularySize, dimensions] = table.shape;
  if (tokenizer.vocabularySize > vocabularySize)
    throw new RangeError(
      `staticModel: the table has a row per token; got ${vocabularySize} rows for ${tokenizer.vocabularySize} tokens. Are table and tokenizer of one model?`,
    );
  const cut = truncationOf(tokenizer);
  let truncated = 0;
  const idsOf = (text: string): Int32Array => {
    const all = tokenizer.encode(text);
    const kept = cut(all);
    if (kept.length < all.length) truncated++;
    return kept;
  };
  return {
    name,
    dimensions,
    unit,
    params,
    tokenizer,
    encoder: staticEmbedding({ vocabularySize, dimensions }),
    get truncated() {
      return truncated;
    },
    async encode(texts, { batch = 4096, progress }: EncodeOptions = {}): Promise<Vectors> {
      const data = new Float32Array(texts.length * dimensions);
      for (let from = 0; from < texts.length; from += batch) {
        const ids = texts.slice(from, from + batch).map(idsOf);
        const means = tf.tidy(() => {
          const rows = meansOf(params, ids);
          return unit ? normalize(rows) : rows;
        });
        data.set(await means.data(), from * dimensions);
        means.dispose();
        progress?.(from + ids.length);
      }
      return { rows: texts.length, dimensions, data };
    },
    dispose: () => tf.dispose([...leaves(params).values()]),
  };
}

/** Without `packTokens`: a mean needs neither positions nor a mask, and here a text may be empty. */
function meansOf(params: Params, texts: readonly Int32Array[]): Tensor2D {
  const ids = new Int32Array(texts.reduce((sum, { length }) => sum + length, 0));
  const rows = new Int32Array(ids.length);
  let at = 0;
  for (const [row, text] of texts.entries()) {
    ids.set(text, at);
    rows.fill(row, at, (at += text.length));
  }
  const segments = { rows: tf.tensor1d(rows, "int32"), count: texts.length };
  return tokenMeans(params, tf.tensor1d(ids, "int32"), segments, { training: false }); // [n, d]
}

/** What `tokenizer.json` keeps of a text: its first tokens, or its last ones where it says `Left`. */
function truncationOf({ json }: Tokenizer): (ids: Int32Array) => Int32Array {
  const { truncation } = json as { truncation?: { max_length?: number; direction?: string } | null };
  const most = truncation?.max_length ?? Infinity;
  return (ids) => {
    if (ids.length <= most) return ids;
    return truncation?.direction === "Left" ? ids.subarray(ids.length - most) : ids.subarray(0, most);
  };
}

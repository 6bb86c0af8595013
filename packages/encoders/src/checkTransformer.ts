import type { TransformerConfig } from "./transformerConfig.ts";
import { transformerFamilies } from "./transformerFamilies.ts";

/** Throws RangeError, whose message `where` begins, unless the sizes of a transformer fit each other and are no larger than any model's. */
export function checkTransformer(config: TransformerConfig, where = "transformer"): void {
  const { family, width, heads, hiddenDropout, attentionDropout, epsilon } = config;
  if (!Object.hasOwn(transformerFamilies, family))
    throw new RangeError(
      `${where}: the family is one of ${Object.keys(transformerFamilies).join(", ")}; got ${JSON.stringify(family)}.`,
    );
  for (const [name, [least, most]] of Object.entries(limits)) {
    const value = config[name as keyof typeof limits];
    if (!Number.isSafeInteger(value) || value < least || value > most)
      throw new RangeError(
        `${where}: ${name} is a whole number from ${least} to ${most}; got ${JSON.stringify(value)}.`,
      );
  }
  if (width % heads !== 0)
    throw new RangeError(`${where}: the heads share the width evenly; got ${heads} heads for a width of ${width}.`);
  if (config.positions <= transformerFamilies[family].firstPosition(config))
    throw new RangeError(`${where}: the position table has no row for a token; got ${config.positions} rows.`);
  for (const rate of [hiddenDropout, attentionDropout])
    if (!(rate >= 0 && rate < 1)) throw new RangeError(`${where}: a dropout rate is in [0, 1); got ${rate}.`);
  if (!(epsilon > 0 && epsilon < 1)) throw new RangeError(`${where}: the norms' epsilon is in (0, 1); got ${epsilon}.`);
}

/** Far above the largest published encoder (XLM-RoBERTa XXL: 250,880 tokens, width 4,096, 48 layers). */
const limits = {
  vocabularySize: [1, 10_000_000],
  width: [1, 65_536],
  layers: [1, 1024],
  heads: [1, 65_536],
  inner: [1, 1_048_576],
  positions: [1, 10_000_000],
  types: [0, 1024],
  padId: [0, 10_000_000],
  buckets: [0, 65_536],
} as const;

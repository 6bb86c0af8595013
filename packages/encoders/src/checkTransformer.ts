import { checkSizes } from "./checkSizes.ts";
import type { TransformerConfig } from "./transformerConfig.ts";
import { transformerFamilies } from "./transformerFamilies.ts";

/** Throws RangeError, whose message `where` begins, unless the sizes of a transformer fit each other and are no larger than any model's. */
export function checkTransformer(config: TransformerConfig, where = "transformer"): void {
  const { family } = config;
  if (!Object.hasOwn(transformerFamilies, family))
    throw new RangeError(
      `${where}: the family is one of ${Object.keys(transformerFamilies).join(", ")}; got ${JSON.stringify(family)}.`,
    );
  checkSizes(config, limits, where);
  if (config.positions <= transformerFamilies[family].firstPosition(config))
    throw new RangeError(`${where}: the position table has no row for a token; got ${config.positions} rows.`);
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

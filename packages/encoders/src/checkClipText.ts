import { checkSizes } from "./checkSizes.ts";
import type { ClipTextConfig } from "./clipTextConfig.ts";

/** Throws RangeError, whose message `where` begins, unless the sizes of a text transformer fit each other and are no larger than any model's. */
export function checkClipText(config: ClipTextConfig, where = "clipText"): void {
  checkSizes(config, limits, where);
  const { end, vocabularySize, out, outBias } = config;
  const named = end === "largest" || end === "last";
  if (!named && !(Number.isInteger(end) && end >= 0 && end < vocabularySize))
    throw new RangeError(
      `${where}: the end-of-text token is one of the ${vocabularySize}; got ${JSON.stringify(end)}.`,
    );
  if (outBias && out === 0) throw new RangeError(`${where}: a projection's shift needs a projection; got out 0.`);
}

/** Far above the largest published encoder (bigG's: width 1,280, 32 layers). */
const limits = {
  vocabularySize: [1, 10_000_000],
  tokens: [1, 1_000_000],
  width: [1, 65_536],
  layers: [1, 1024],
  heads: [1, 65_536],
  inner: [1, 1_048_576],
  out: [0, 65_536],
} as const;

/** What the checks of all transformers have in common. */
interface Sizes {
  readonly width: number;
  readonly heads: number;
  readonly epsilon: number;
  readonly hiddenDropout: number;
  readonly attentionDropout: number;
}

/** Throws RangeError, whose message `where` begins, unless sizes are whole numbers within their limits, heads share the width, and rates are rates. */
export function checkSizes<C extends Sizes>(
  config: C,
  limits: Readonly<Partial<Record<keyof C & string, readonly [least: number, most: number]>>>,
  where: string,
): void {
  for (const [name, limit] of Object.entries(limits)) {
    const [least, most] = limit as readonly [number, number];
    const value = config[name as keyof C] as number;
    if (!Number.isSafeInteger(value) || value < least || value > most)
      throw new RangeError(
        `${where}: ${name} is a whole number from ${least} to ${most}; got ${JSON.stringify(value)}.`,
      );
  }
  const { width, heads, epsilon, hiddenDropout, attentionDropout } = config;
  if (width % heads !== 0)
    throw new RangeError(`${where}: the heads share the width evenly; got ${heads} heads for a width of ${width}.`);
  for (const rate of [hiddenDropout, attentionDropout])
    if (!(rate >= 0 && rate < 1)) throw new RangeError(`${where}: a dropout rate is in [0, 1); got ${rate}.`);
  if (!(epsilon > 0 && epsilon < 1)) throw new RangeError(`${where}: the norms' epsilon is in (0, 1); got ${epsilon}.`);
}

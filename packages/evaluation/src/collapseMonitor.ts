/** What training measures every so many steps: `deviation` and `effectiveRank` are `collapse`'s, of the embeddings that the loss sees. */
export interface CollapseReading {
  readonly step: number;
  readonly loss: number;
  /** The loss when all embeddings are one: ln(2n - 1) for NT-Xent. */
  readonly chance: number;
  readonly deviation: number;
  readonly effectiveRank: number;
}

/** When a sign counts. */
export interface CollapseMonitorOptions {
  /** The embeddings' dimensions. */
  dimensions: number;
  /** How many readings in a row must show a sign. */
  patience?: number;
  /** Readings before this step are not judged: the learning rate's warm-up. */
  warmup?: number;
}

/**
 * Watches training's readings and returns a warning with the likely cause as soon as a collapse is certain, once per kind.
 *
 * A sign counts when each of the last `patience` readings after `warmup` shows it and it is not getting better: an untrained encoder has
 * a low deviation and a low rank too, and rises within a few readings. The signs, in this order:
 * - total collapse: deviation < 0.1 / √d, and it has not grown by a tenth over those readings;
 * and, where the deviation is above that,
 * - loss at or above chance: loss > 0.98 chance, and it has not fallen by half a hundredth of chance;
 * - dimensional collapse: effective rank < d / 32 (at least 1.5, at most 4), and it has not grown by a tenth.
 *
 * The warnings depend on the readings alone: after a resume, feed the logged ones again. Throws RangeError for a patience below 2.
 * Source: the threshold 1/√d of Chen and He 2021, section 4.1; dimensional collapse of Jing et al. 2022. The fractions are our own.
 */
export function collapseMonitor({ dimensions, patience = 10, warmup = 0 }: CollapseMonitorOptions) {
  if (!Number.isInteger(patience) || patience < 2)
    throw new RangeError(
      `collapseMonitor: patience is a whole number from 2; got ${patience}. A trend needs two readings.`,
    );
  const said = new Set<Sign>();
  let recent: CollapseReading[] = [];
  let best = 0; // the largest deviation so far, warm-up included
  return (reading: CollapseReading): string | undefined => {
    best = Math.max(best, reading.deviation);
    if (reading.step < warmup) return undefined;
    recent = [...recent.slice(1 - patience), reading];
    if (recent.length < patience) return undefined;
    const first = recent[0]!;
    const sign = SIGNS.find(
      (each) => !said.has(each) && recent.every((r) => each.shown(r, dimensions)) && !each.better(first, reading),
    );
    if (!sign) return undefined;
    said.add(sign);
    return `Step ${reading.step}: ${sign.warning(reading, { dimensions, wasHealthy: best >= 2 * low(dimensions) })}`;
  };
}

interface Sign {
  shown(reading: CollapseReading, dimensions: number): boolean;
  better(first: CollapseReading, last: CollapseReading): boolean;
  warning(reading: CollapseReading, past: { dimensions: number; wasHealthy: boolean }): string;
}

const low = (dimensions: number) => 0.1 / Math.sqrt(dimensions);
/** A healthy SimCLR run on CIFAR-10 stays at 6 of 64 in its first 150 steps (lightly 1.6, small net, batch 64), so this is well below. */
const fewest = (dimensions: number) => Math.max(1.5, Math.min(4, dimensions / 32));

const total: Sign = {
  shown: ({ deviation }, d) => deviation < low(d),
  better: (first, last) => last.deviation > 1.1 * first.deviation,
  warning: (reading, { dimensions, wasHealthy }) =>
    `all embeddings are nearly the same (deviation ${reading.deviation.toPrecision(2)}, healthy is ${(1 / Math.sqrt(dimensions)).toPrecision(2)}). ${causeOfTotal(reading, wasHealthy)}`,
};

function causeOfTotal({ loss, chance }: CollapseReading, wasHealthy: boolean): string {
  if (loss < 0.02 * chance)
    return "The loss is near 0 all the same, so it does not push apart: likely negatives, stop-gradient or predictor are missing.";
  if (loss < 0.98 * chance)
    return "The loss is below chance all the same: likely the temperature is so low that tiny differences suffice; raise it.";
  return wasHealthy
    ? "They were apart before: likely the learning rate is too high; lower it or warm it up."
    : "They never were apart: likely the learning rate or the temperature does not fit, or the pictures reach the encoder unnormalised.";
}

const stuck: Sign = {
  shown: ({ loss, chance, deviation }, d) => deviation >= low(d) && loss > 0.98 * chance,
  better: (first, last) => last.loss < first.loss - 0.005 * first.chance,
  warning: ({ loss, chance }) =>
    loss > 1.02 * chance
      ? `the loss ${loss.toFixed(3)} is above chance (${chance.toFixed(3)}). Likely positives do not belong together, or the learning rate is too high.`
      : `the loss stays at chance (${chance.toFixed(3)}) though embeddings differ. Likely the learning rate is too low, the temperature too high, or both views of a pair are not of one example.`,
};

const dimensional: Sign = {
  shown: ({ effectiveRank, deviation }, d) => deviation >= low(d) && effectiveRank < fewest(d),
  better: (first, last) => last.effectiveRank > 1.1 * first.effectiveRank,
  warning: ({ effectiveRank }, { dimensions }) =>
    `embeddings fill ${effectiveRank.toFixed(1)} of ${dimensions} dimensions. Likely the augmentation is too strong, the temperature too high, or the batch too small for so many dimensions.`,
};

const SIGNS = [total, stuck, dimensional];

import type { Vectors } from "@nearfar/formats";
import { tf, type Tensor2D } from "@nearfar/tensor";
import { alignmentUniformity } from "./alignmentUniformity.ts";
import { collapse } from "./collapse.ts";
import { collapseMonitor } from "./collapseMonitor.ts";
import { valuesOf } from "./valuesOf.ts";

export interface ObserverOptions {
  /** Whether the rows are n left views over n right ones: only then is there an alignment. */
  readonly pairs?: boolean;
  /** Rows looked at, of each side: the signs are those of a sample. */
  readonly most?: number;
  /** Told of a collapse, in one line. */
  readonly warn?: (line: string) => void;
}

/** A logged step as the trainer shows it: the embeddings are n left views over n right views, `[2n, d]`, or rows without an order. */
export interface SeenStep {
  readonly step: number;
  readonly loss: number;
  readonly chance: number | undefined;
  readonly embeddings: Tensor2D;
}

/** What is logged beside the loss: signs of collapse, alignment and uniformity of the batch; `warn` is told a collapse in one line. */
export function observer(
  dimensions: number,
  { pairs = true, most = 256, warn = () => {} }: ObserverOptions = {},
): (seen: SeenStep) => Record<string, number> {
  const monitor = collapseMonitor({ dimensions, patience: PATIENCE });
  return ({ step, loss, chance = NaN, embeddings }) => {
    const sides = sample(embeddings, { pairs, most });
    const { deviation, effectiveRank } = collapse(stacked(sides));
    const warning = monitor({ step, loss, chance, deviation, effectiveRank });
    if (warning) warn(warning);
    const [left, right] = sides;
    return { deviation, effectiveRank, ...(right && alignmentUniformity(left!, right)) };
  };
}

/** The first rows of each side. */
function sample(embeddings: Tensor2D, { pairs, most }: { pairs: boolean; most: number }): Vectors[] {
  const [all, dimensions] = embeddings.shape;
  const side = pairs ? all / 2 : all;
  const rows = Math.min(side, most);
  return (pairs ? [0, side] : [0]).map((first) => ({
    rows,
    dimensions,
    data: valuesOf(() => tf.slice(embeddings, [first, 0], [rows, dimensions])),
  }));
}

function stacked(sides: readonly Vectors[]): Vectors {
  const { rows, dimensions } = sides[0]!;
  const data = new Float32Array(sides.length * rows * dimensions);
  sides.forEach((side, i) => data.set(side.data, i * rows * dimensions));
  return { rows: sides.length * rows, dimensions, data };
}

/** Readings in a row that must show a sign: 50 steps, at a reading every ten. */
const PATIENCE = 5;

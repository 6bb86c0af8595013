import { alignmentUniformity, collapse, collapseMonitor, type Vectors } from "@nearfar/evaluation";
import type { Tensor2D } from "@nearfar/tensor";

/** A logged step as the trainer shows it: the embeddings are n left views over n right views, `[2n, d]`. */
interface Seen {
  readonly step: number;
  readonly loss: number;
  readonly chance: number | undefined;
  readonly embeddings: Tensor2D;
}

/** What is logged beside the loss: signs of collapse, alignment and uniformity of the batch; `warn` is told a collapse in one line. */
export function observer(dimensions: number, warn: (line: string) => void): (seen: Seen) => Record<string, number> {
  const monitor = collapseMonitor({ dimensions, patience: PATIENCE });
  return ({ step, loss, chance = NaN, embeddings }) => {
    const [rows, d] = embeddings.shape;
    const data = embeddings.dataSync<"float32">();
    const { deviation, effectiveRank } = collapse({ rows, dimensions: d, data });
    const warning = monitor({ step, loss, chance, deviation, effectiveRank });
    if (warning) warn(warning);
    const half = (which: 0 | 1): Vectors => ({
      rows: rows / 2,
      dimensions: d,
      data: data.subarray((which * rows * d) / 2, ((which + 1) * rows * d) / 2),
    });
    return { deviation, effectiveRank, ...alignmentUniformity(half(0), half(1)) };
  };
}

/** Readings in a row that must show a sign: 50 steps, at a reading every ten. */
const PATIENCE = 5;

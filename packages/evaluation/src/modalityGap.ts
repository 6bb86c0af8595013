import type { Vectors } from "@nearfar/formats";
import { checkSides } from "./checkSides.ts";
import { principalPoints } from "./principalPoints.ts";
import { unitRows } from "./unitRows.ts";

/** How far apart pictures and texts lie in their common space, and where, for a drawing. */
export interface ModalityGap {
  /** Of the means of both sides, 0 to 2. */
  readonly distance: number;
  /** Mean cosines of different pictures, of different texts, and of pictures with texts. */
  readonly within: { readonly images: number; readonly texts: number };
  readonly between: number;
  /** All rows on the two directions in which both sides together vary most, `[n, 2]` and `[m, 2]`; their means' difference points to the right. */
  readonly points: { readonly images: Float32Array; readonly texts: Float32Array };
}

/**
 * The modality gap `|mean(x) - mean(y)|` of pictures x `[n, d]` and texts y `[m, d]`, each row brought to length 1; in float64.
 *
 * The points are the first two principal components of both sides together. Of one row on a side, `within` is NaN: it has no other.
 * Throws RangeError for malformed vectors and other widths.
 * Source: Liang et al. 2022, section 4.1 (the gap) and figure 1 (the drawing).
 */
export function modalityGap(images: Vectors, texts: Vectors): ModalityGap {
  checkSides("modalityGap", images, texts);
  const d = images.dimensions;
  const [x, y] = [unitRows(images), unitRows(texts)];
  const [ofX, ofY] = [mean(x, d), mean(y, d)];
  const all = new Float64Array(x.length + y.length);
  all.set(x);
  all.set(y, x.length);
  const points = principalPoints(all, d, { toward: ofY.map((value, j) => value - ofX[j]!) });
  return {
    distance: Math.sqrt(ofX.reduce((sum, value, j) => sum + (value - ofY[j]!) ** 2, 0)),
    within: { images: meanCosine(ofX, images.rows), texts: meanCosine(ofY, texts.rows) },
    between: dot(ofX, ofY),
    points: { images: points.slice(0, 2 * images.rows), texts: points.slice(2 * images.rows) },
  };
}

function mean(rows: Float64Array, d: number): Float64Array {
  const sum = new Float64Array(d);
  for (let i = 0; i < rows.length; i++) sum[i % d]! += rows[i]!;
  return sum.map((value) => (value * d) / rows.length);
}

/** Of different rows: `|Σ x|² = n + n (n - 1) mean`. */
const meanCosine = (mean: Float64Array, n: number) => (n > 1 ? (n * dot(mean, mean) - 1) / (n - 1) : NaN);
const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

import type { Vectors } from "@nearfar/formats";
import { checkVectors } from "@nearfar/search";
import { unitRows } from "./unitRows.ts";
import { zeroShotTemplates } from "./zeroShotTemplates.ts";

export interface ZeroShotClassifierOptions {
  /** Sentences of which every `{}` is the class; `["{}"]` takes the names as they are. */
  readonly templates?: readonly string[];
}

/** What makes vectors of texts, such as a text tower. */
export interface TextEncoding {
  encode(texts: readonly string[]): Promise<Vectors>;
}

/**
 * A vector of length 1 per class, `[c, d]`: the mean over the templates of their sentences' vectors, each brought to length 1 before.
 *
 * Throws RangeError for no class, no template, and a template without `{}`.
 * Source: Radford et al. 2021, section 3.1.4; open_clip's `build_zero_shot_classifier`.
 */
export async function zeroShotClassifier(
  encoder: TextEncoding,
  classes: readonly string[],
  { templates = zeroShotTemplates }: ZeroShotClassifierOptions = {},
): Promise<Vectors> {
  if (classes.length === 0 || templates.length === 0)
    throw new RangeError(
      `zeroShotClassifier: there is a class and a template; got ${classes.length} and ${templates.length}.`,
    );
  const wrong = templates.find((template) => !template.includes("{}"));
  if (wrong !== undefined)
    throw new RangeError(`zeroShotClassifier: every template has a {} for the class; got ${JSON.stringify(wrong)}.`);
  const sentences = classes.flatMap((name) => templates.map((template) => template.replaceAll("{}", () => name)));
  const vectors = await encoder.encode(sentences); // [c * templates, d]
  checkVectors("zeroShotClassifier: sentences", vectors);
  const { dimensions: d } = vectors;
  const units = unitRows(vectors);
  const sums = new Float32Array(classes.length * d); // [c, d]: as a mean, but for its length
  units.forEach((value, i) => (sums[Math.floor(i / (d * templates.length)) * d + (i % d)]! += value));
  const means = { rows: classes.length, dimensions: d, data: sums };
  return { ...means, data: Float32Array.from(unitRows(means)) };
}

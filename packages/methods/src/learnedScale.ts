import { type Params, type Scalar, tf } from "@nearfar/tensor";

/**
 * The temperature as CLIP learns it: the weight `logScale`, its negative logarithm, kept in [0, ln 100] after each step, so that cosines are
 * multiplied by 1 at least and by 100 at most. Radford et al. 2021, section 2.5; mlfoundations/open_clip, `train.py`.
 */
export const learnedScale = {
  /** The first weight. Throws RangeError for a temperature that would not be kept. */
  start(temperature: number): Params {
    if (!(temperature >= 1 / MOST && temperature <= 1))
      throw new RangeError(
        `A temperature that learns starts between ${1 / MOST} and 1, where it is kept; got ${temperature}. CLIP's is 0.07.`,
      );
    return { logScale: tf.scalar(-Math.log(temperature)) };
  },
  /** What cosines are multiplied by. */
  scale: (params: Params): Scalar => tf.exp(params.logScale as Scalar),
  /** What losses divide them by. */
  temperature: (params: Params): Scalar => tf.exp(tf.neg(params.logScale as Scalar)),
  /** What follows the optimizer. */
  keep: (params: Params, state: Params) => ({
    params: { ...params, logScale: tf.clipByValue(params.logScale as Scalar, 0, Math.log(MOST)) },
    state,
  }),
} as const;

const MOST = 100;

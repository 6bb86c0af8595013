/** A smooth function at a point: its value and gradient. */
export interface Evaluation {
  readonly value: number;
  readonly gradient: Float64Array;
}

/** When the search for the minimum ends. */
export interface LbfgsOptions {
  iterations: number;
  /** It has converged when no component of the gradient is above this. */
  tolerance: number;
  /** How many past steps the curvature is taken from. */
  memory?: number;
}

/** Where it ended, after how many iterations, and whether the gradient had vanished by then. */
export interface Minimum {
  readonly point: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
}

/**
 * The minimum of a smooth function from a starting point, by the limited-memory quasi-Newton method, in float64.
 *
 * The step along `-H g` (two-loop recursion) is bracketed until it fulfils the weak Wolfe conditions, so that the curvature stays positive;
 * where the value changes by less than its rounding, the slope alone tells a decrease. It also ends where no step is one.
 * Source: Nocedal and Wright 2006, algorithms 7.4 and 7.5; the bracketing of Lewis and Overton 2013, algorithm 2.6; the approximate
 * conditions of Hager and Zhang 2005, equation 23.
 */
export function lbfgs(
  f: (point: Float64Array) => Evaluation,
  start: Float64Array,
  { iterations, tolerance, memory = 10 }: LbfgsOptions,
): Minimum {
  let point = start;
  let at = f(point);
  let past: Pair[] = [];
  for (let iteration = 0; ; iteration++) {
    const converged = at.gradient.every((value) => Math.abs(value) <= tolerance);
    if (converged || iteration === iterations) return { point, iterations: iteration, converged };
    const direction = descent(at.gradient, past);
    const first = past.length === 0 ? 1 / Math.max(1, Math.sqrt(dot(at.gradient, at.gradient))) : 1;
    const next = search(f, { point, at, direction, first });
    if (!next) return { point, iterations: iteration, converged };
    const pair = { step: minus(next.point, point), change: minus(next.at.gradient, at.gradient) };
    if (dot(pair.step, pair.change) > 0) past = [...past.slice(1 - memory), pair];
    ({ point, at } = next);
  }
}

/** A step taken, and how the gradient changed over it. */
interface Pair {
  step: Float64Array;
  change: Float64Array;
}

/** `-H g`, H the inverse curvature that the past steps show. */
function descent(gradient: Float64Array, past: readonly Pair[]): Float64Array {
  const direction = gradient.map((value) => -value);
  const weights = past.map(() => 0);
  for (let i = past.length - 1; i >= 0; i--) {
    const { step, change } = past[i]!;
    weights[i] = dot(step, direction) / dot(step, change);
    add(direction, -weights[i]!, change);
  }
  const last = past.at(-1);
  const scale = last ? dot(last.step, last.change) / dot(last.change, last.change) : 1;
  for (let i = 0; i < direction.length; i++) direction[i]! *= scale;
  past.forEach(({ step, change }, i) => add(direction, weights[i]! - dot(change, direction) / dot(step, change), step));
  return direction;
}

interface Search {
  point: Float64Array;
  at: Evaluation;
  direction: Float64Array;
  first: number;
}

/** The point one step on, nothing where no step lowers the value. */
function search(f: (point: Float64Array) => Evaluation, { point, at, direction, first }: Search) {
  const slope = dot(at.gradient, direction);
  let [length, low, high] = [first, 0, Infinity];
  let best: { point: Float64Array; at: Evaluation } | undefined;
  for (let trial = 0; trial < TRIALS; trial++) {
    const there = Float64Array.from(point, (value, i) => value + length * direction[i]!);
    const found = f(there);
    const steepness = dot(found.gradient, direction);
    if (found.value < (best?.at ?? at).value) best = { point: there, at: found };
    const lower = found.value <= at.value + DECREASE * length * slope;
    const level = found.value <= at.value + ROUNDING * Math.abs(at.value) && steepness <= (2 * DECREASE - 1) * slope;
    if (!lower && !level) high = length;
    else if (steepness < CURVATURE * slope) low = length;
    else return { point: there, at: found };
    length = high === Infinity ? 2 * length : (low + high) / 2;
  }
  return best;
}

const TRIALS = 20;
const DECREASE = 1e-4;
const CURVATURE = 0.9;
const ROUNDING = 1e-6;

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function add(a: Float64Array, scale: number, b: Float64Array): void {
  for (let i = 0; i < a.length; i++) a[i]! += scale * b[i]!;
}

const minus = (a: Float64Array, b: Float64Array) => Float64Array.from(a, (value, i) => value - b[i]!);

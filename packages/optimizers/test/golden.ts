import { readFileSync } from "node:fs";
import { join } from "node:path";
import { tf, tree, type Params } from "@nearfar/tensor";

interface Golden {
  shapes: Record<string, number[]>;
  cases: Record<string, { rates: number[]; steps: Record<string, number[]>[] }>;
  cosine: { steps: number; peak: number; end: number; rates: number[] };
  warmup: { steps: number; peak: number; warmup: number; rates: number[] };
  sparse: { rate: number; steps: { rows: number[]; table: number[] }[] };
  clip: Record<string, { norm: number; gradients: Record<string, number[]> }>;
}

/** Source: golden/make.py, torch 2.14.1 and lightly 1.6.0 in float64. */
export const golden = JSON.parse(readFileSync(join(import.meta.dirname, "golden/optimizers.json"), "utf8")) as Golden;

/** Smooth numbers in [-1, 1], the formula of golden/make.py. */
export function wave(name: string, step: number, size: number): number[] {
  const letters = [...name].reduce((sum, letter) => sum + letter.codePointAt(0)!, 0);
  return Array.from({ length: size }, (_, i) => Math.sin(1 + letters + 3 * step + 0.7 * i));
}

/** The weights of golden/make.py, and running statistics beside them, which no optimizer may touch. */
export function firstParams(): Params {
  const shaped = Object.entries(golden.shapes).map(([path, shape]) => {
    const size = shape.reduce((a, b) => a * b, 1);
    return [path, path === "zero.weight" ? tf.zeros(shape) : tf.tensor(wave(path, 0, size), shape)] as const;
  });
  return tree([...shaped, ["layer.running_mean", tf.tensor1d([5, 6, 7, 8])]]);
}

/** The gradients of golden/make.py at a step from 1. */
export function gradientsAt(step: number): Map<string, tf.Tensor> {
  const shaped = Object.entries(golden.shapes).map(([path, shape]) => {
    const size = shape.reduce((a, b) => a * b, 1);
    return [path, path === "still.weight" ? tf.zeros(shape) : tf.tensor(wave(path, step, size), shape)] as const;
  });
  return new Map(shaped);
}

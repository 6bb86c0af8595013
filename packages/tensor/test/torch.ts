import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Scalar, type Tensor, tf } from "@nearfar/tensor";
import { relativeError } from "@nearfar/testing";
import { expect } from "vitest";

interface Flat {
  shape: number[];
  values: number[];
}
interface Case {
  inputs: Record<string, Flat>;
  cotangent: Flat;
  output: Flat;
  gradients: Record<string, Flat>;
  labels?: Flat;
  after?: Record<string, Flat>;
}

/** Source: golden/make.py, torch 2.14.1 in float64. */
export const torch = JSON.parse(readFileSync(join(import.meta.dirname, "golden/operations.json"), "utf8")) as Record<
  string,
  Case
>;

/** A stored array as a tensor. */
export const tensorOf = ({ shape, values }: Flat): Tensor => tf.tensor(values, shape);

/** Expects the output and all gradients of PyTorch, to 1e-5. */
export function expectTorch(name: string, apply: (inputs: Record<string, Tensor>) => Tensor): void {
  const { inputs, cotangent, output, gradients } = torch[name]!;
  tf.tidy(() => {
    const given = Object.fromEntries(Object.entries(inputs).map(([input, flat]) => [input, tensorOf(flat)]));
    const wanted = Object.keys(gradients);
    const y = apply(given);
    expect(y.shape).toEqual(output.shape);
    expect(relativeError(y.dataSync(), output.values)).toBeLessThan(1e-5);
    const loss = () => tf.sum(tf.mul(apply(given), tensorOf(cotangent))) as Scalar;
    const { grads } = tf.engine().gradients(loss, wanted.map((input) => given[input]!)); // prettier-ignore
    wanted.forEach((input, i) => {
      expect(grads[i]!.shape).toEqual(gradients[input]!.shape);
      expect(relativeError(grads[i]!.dataSync(), gradients[input]!.values), input).toBeLessThan(1e-5);
    });
  });
}

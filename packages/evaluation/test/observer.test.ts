import { alignmentUniformity, collapse, observer } from "@nearfar/evaluation";
import type { Vectors } from "@nearfar/formats";
import { loadEngine, tf, type Tensor2D } from "@nearfar/tensor";
import { gaussian, tensorCount } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => void loadEngine());

const tensorOf = ({ rows, dimensions, data }: Vectors) => tf.tensor2d(data, [rows, dimensions]);
const seen = (embeddings: Tensor2D, step = 10) => ({ step, loss: 1, chance: 3, embeddings });
const half = ({ rows, dimensions, data }: Vectors, which: 0 | 1): Vectors => ({
  rows: rows / 2,
  dimensions,
  data: data.slice((which * rows * dimensions) / 2, ((which + 1) * rows * dimensions) / 2),
});

describe("observer", () => {
  it("tells the signs of collapse, alignment and uniformity of the step's embeddings", () => {
    const all = gaussian(1, 64, 8);
    const embeddings = tensorOf(all);
    const { deviation, effectiveRank } = collapse(all);
    expect(observer(8)(seen(embeddings))).toEqual({
      deviation,
      effectiveRank,
      ...alignmentUniformity(half(all, 0), half(all, 1)),
    });
    embeddings.dispose();
  });

  it("looks at the first rows of each side where there are many, and at rows without sides", () => {
    const all = gaussian(2, 20, 4);
    const embeddings = tensorOf(all);
    const few = { ...all, rows: 8, data: Float32Array.from([...all.data.slice(0, 16), ...all.data.slice(40, 56)]) };
    expect(observer(4, { most: 4 })(seen(embeddings)).deviation).toBe(collapse(few).deviation);
    const odd = tensorOf(gaussian(3, 7, 4));
    expect(Object.keys(observer(4, { pairs: false })(seen(odd)))).toEqual(["deviation", "effectiveRank"]);
    tf.dispose([embeddings, odd]);
  });

  it("warns of a collapse, and leaves no tensor", () => {
    const lines: string[] = [];
    const embeddings = tf.add(tf.ones([32, 8]), tf.mul(tensorOf(gaussian(4, 32, 8)), 1e-4)) as Tensor2D;
    const watch = observer(8, { warn: (line) => lines.push(line) });
    embeddings.dataSync();
    const before = tensorCount();
    for (let step = 100; step <= 200; step += 10) watch(seen(embeddings, step));
    expect(tensorCount()).toBe(before);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines[0]).toMatch(/^Step 140: all embeddings are nearly the/);
    embeddings.dispose();
  });
});

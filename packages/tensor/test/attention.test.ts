import {
  attention,
  loadEngine,
  type AttentionGrid,
  type AttentionOptions,
  type Scalar,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  tf,
} from "@nearfar/tensor";
import { checkGradient, noise, relativeError } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => void loadEngine());

const matrix = (name: string, rows: number, columns: number) =>
  tf.tensor2d(Float32Array.from(noise(name, rows * columns)), [rows, columns]);
const three = (lengths: readonly number[], d: number) => {
  const total = lengths.reduce((a, b) => a + b);
  return [matrix("q", total, d), matrix("k", total, d), matrix("v", total, d)] as const;
};

/** The grid of texts of these lengths; cells of padding read row `stray`. */
function gridOf(lengths: readonly number[], heads: number, { stray = 0 } = {}): AttentionGrid {
  const [n, t, total] = [lengths.length, Math.max(...lengths), lengths.reduce((a, b) => a + b)];
  const cells = new Int32Array(n * heads * t).fill(stray);
  const places = new Int32Array(total * heads);
  const mask = new Float32Array(n * t);
  let token = 0;
  lengths.forEach((length, row) => {
    for (let i = 0; i < length; i++, token++) {
      mask[row * t + i] = 1;
      for (let head = 0; head < heads; head++) {
        const cell = (row * heads + head) * t + i;
        cells[cell] = token * heads + head;
        places[token * heads + head] = cell;
      }
    }
  });
  return {
    shape: [n, heads, t],
    cells: tf.tensor3d(cells, [n, heads, t], "int32"),
    places: tf.tensor2d(places, [total, heads], "int32"),
    ...(total < n * t ? { mask: tf.tensor2d(mask, [n, t]) } : {}),
  };
}

/** Equation 1 of Vaswani et al. 2017 text by text and head by head, in plain numbers. */
function slowly(lengths: readonly number[], heads: number, { bias, kept, causal }: AttentionOptions = {}): number[][] {
  const d = 6;
  const [q, k, v] = three(lengths, d).map((x) => x.arraySync() as number[][]) as [number[][], number[][], number[][]];
  const [b, keep] = [bias?.arraySync() as number[][][][], kept?.arraySync() as number[][][][]];
  const size = d / heads;
  const out = q.map(() => new Array<number>(d).fill(0));
  let start = 0;
  lengths.forEach((length, row) => {
    for (let head = 0; head < heads; head++) {
      for (let i = 0; i < length; i++) {
        const features = Array.from({ length: size }, (_, c) => head * size + c);
        const scores = Array.from({ length: causal ? i + 1 : length }, (_, j) => {
          const dot = features.reduce((sum, c) => sum + q[start + i]![c]! * k[start + j]![c]!, 0);
          return dot / Math.sqrt(size) + (b?.[0]![head]![i]![j] ?? 0);
        });
        const sum = scores.reduce((sum, score) => sum + Math.exp(score), 0);
        scores.forEach((score, j) => {
          const p = (Math.exp(score) / sum) * (keep?.[row]![head]![i]![j] ?? 1);
          for (const c of features) out[start + i]![c]! += p * v[start + j]![c]!;
        });
      }
    }
    start += length;
  });
  return out;
}

const cases: Record<string, { lengths: number[]; heads: number; bias?: boolean; kept?: boolean; causal?: boolean }> = {
  "texts of one length": { lengths: [3, 3], heads: 2 },
  "texts of several lengths": { lengths: [3, 1, 4], heads: 2 },
  "one head": { lengths: [2, 3], heads: 1 },
  "relative positions and dropout": { lengths: [3, 2], heads: 3, bias: true, kept: true },
  "looking back only": { lengths: [3, 1, 4], heads: 2, causal: true },
  "looking back only, texts of one length, relative positions and dropout": {
    lengths: [3, 3],
    heads: 3,
    bias: true,
    kept: true,
    causal: true,
  },
};

describe.each(Object.entries(cases))("attention: %s", (_, { lengths, heads, bias, kept, causal = false }) => {
  const [n, t] = [lengths.length, Math.max(...lengths)];
  const random = (name: string, first: number) =>
    tf.tensor4d(Float32Array.from(noise(name, first * heads * t * t)), [first, heads, t, t]);
  const options = (): AttentionOptions => ({
    causal,
    ...(bias ? { bias: random("bias", 1) } : {}),
    ...(kept ? { kept: tf.relu(random("kept", n)) } : {}),
  });

  it("is equation 1 within each text", () => {
    tf.tidy(() => {
      const out = attention(three(lengths, 6), gridOf(lengths, heads), options());
      // 1e-5: float32 against float64
      expect(relativeError(out.dataSync(), slowly(lengths, heads, options()).flat())).toBeLessThan(1e-5);
    });
  });

  it("meets finite differences", () => {
    tf.tidy(() => {
      const grid = gridOf(lengths, heads);
      const { bias, kept } = options();
      const f = (...inputs: Tensor[]) => {
        const [q, k, v, b] = inputs as [Tensor2D, Tensor2D, Tensor2D, Tensor4D?];
        const out = attention([q, k, v], grid, { causal, ...(b ? { bias: b } : {}), ...(kept ? { kept } : {}) });
        return tf.sum(tf.mul(out, tf.cos(tf.reshape(tf.range(0, out.size), out.shape)))) as Scalar;
      };
      expect(checkGradient(f, [...three(lengths, 6), ...(bias ? [bias] : [])])).toBeLessThan(1e-2);
    });
  });
});

describe("attention", () => {
  it("does not see what padding reads, in values and gradients", () => {
    tf.tidy(() => {
      const lengths = [4, 1, 2];
      const [q, k, v] = three(lengths, 6);
      for (const causal of [false, true]) {
        const results = [0, 11].map((stray) => {
          const grid = gridOf(lengths, 2, { stray });
          const { value, grads } = tf
            .engine()
            .gradients(() => tf.sum(tf.square(attention([q, k, v], grid, { causal }))) as Scalar, [q, k, v]);
          return [value, ...grads].map((x) => Array.from(x.dataSync()));
        });
        expect(results[1]).toEqual(results[0]);
      }
    });
  });

  it("leaves nothing behind", () => {
    const [inputs, grid] = [three([2, 3], 6), gridOf([2, 3], 2)];
    tf.dispose(attention(inputs, grid)); // whatever is uploaded lazily is there now
    const before = tf.memory().numTensors;
    const out = attention(inputs, grid);
    expect(tf.memory().numTensors - before).toBe(1);
    tf.dispose([out, ...inputs, grid.cells, grid.places, grid.mask!]);
  });
});

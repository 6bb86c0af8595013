import { beforeAll, describe, expect, it } from "vitest";
import { similarityDistillation, vectorDistillation } from "@nearfar/losses";
import { loadEngine, tf } from "@nearfar/tensor";
import { checkGradient, relativeError } from "@nearfar/testing";
import { plain, type Rows } from "./plain.ts";
import { tensors } from "./tensors.ts";
import { textLosses } from "./textLosses.ts";
import { value } from "./value.ts";

beforeAll(() => void loadEngine());

const { z0, z2, teacher } = textLosses;
type Loss = (student: tf.Tensor2D, teacher: tf.Tensor2D) => tf.Scalar;

const engine = (loss: Loss, student: Rows, teacher: Rows) =>
  value(() => {
    const [s, t] = tensors(student, teacher);
    return loss(s!, t!);
  });

/** Reimers and Gurevych 2020, section 2: the mean squared error to the teacher's vectors; or one less the cosine. */
function vectors(student: Rows, teacher: Rows, measure: "squared" | "cosine"): number {
  if (measure === "squared")
    return plain.mean(student.flatMap((row, i) => row.map((x, k) => (x - teacher[i]![k]!) ** 2)));
  const [s, t] = [plain.unit(student), plain.unit(teacher)];
  return 1 - plain.mean(s.map((x, i) => plain.dot(x, t[i]!)));
}

/** Each text's cosines with the others; then the divergence of softmaxes, Σ p log(p / q), or the mean squared difference. */
function similarities(student: Rows, teacher: Rows, measure: "squared" | number): number {
  const [s, t] = [student, teacher].map((rows) => {
    const z = plain.unit(rows);
    return z.map((x, i) => z.flatMap((y, j) => (i === j ? [] : [plain.dot(x, y)])));
  }) as [number[][], number[][]];
  if (measure === "squared") return plain.mean(s.flatMap((row, i) => row.map((x, k) => (x - t[i]![k]!) ** 2)));
  const logSoftmax = (row: number[]) => {
    const logits = row.map((x) => x / measure);
    return logits.map((x) => -plain.crossEntropy(x, logits));
  };
  const divergence = (taught: number[], learnt: number[]) =>
    logSoftmax(taught).reduce((sum, p, k) => sum + Math.exp(p) * (p - logSoftmax(learnt)[k]!), 0);
  return plain.mean(s.map((row, i) => divergence(t[i]!, row)));
}

const cases: { name: string; loss: Loss; exact: (student: Rows, teacher: Rows) => number }[] = [
  { name: "squared to teacher", loss: (s, t) => vectorDistillation(s, t), exact: (s, t) => vectors(s, t, "squared") },
  {
    name: "cosine to teacher",
    loss: (s, t) => vectorDistillation(s, t, { measure: "cosine" }),
    exact: (s, t) => vectors(s, t, "cosine"),
  },
  {
    name: "squared similarities",
    loss: (s, t) => similarityDistillation(s, t, { measure: "squared" }),
    exact: (s, t) => similarities(s, t, "squared"),
  },
  {
    name: "divergence from teacher T=1",
    loss: (s, t) => similarityDistillation(s, t, { temperature: 1 }),
    exact: (s, t) => similarities(s, t, 1),
  },
  {
    name: "divergence from teacher T=.05",
    loss: (s, t) => similarityDistillation(s, t),
    exact: (s, t) => similarities(s, t, 0.05),
  },
];

describe.each(cases)("$name", ({ name, loss, exact }) => {
  it("is sentence-transformers' value", () => {
    expect(relativeError([exact(z0, teacher)], [textLosses.value(name)])).toBeLessThan(1e-9);
    expect(relativeError([engine(loss, z0, teacher)], [exact(z0, teacher)])).toBeLessThan(1e-5);
  });

  it("is 0 for a student that equals its teacher, above 0 for another", () => {
    expect(engine(loss, z0, z0)).toBeCloseTo(0, 5);
    expect(engine(loss, z0, z2)).toBeGreaterThan(1e-3);
  });

  it("does not care in which order texts stand", () => {
    const move = (rows: Rows) => [2, 3, 0, 1].map((i) => rows[i]!);
    expect(relativeError([engine(loss, move(z0), move(teacher))], [engine(loss, z0, teacher)])).toBeLessThan(1e-5);
  });

  it("has the gradient of its differences by the student, none by the teacher", () => {
    const [s, t] = tensors(z0, teacher);
    expect(checkGradient((x) => loss(x as tf.Tensor2D, t!), [s!], { step: 3e-3 })).toBeLessThan(1e-2); // T = .05 bends fast
    const { grads } = tf.engine().gradients(() => loss(s!, tf.mul(t!, 2)), [s!, t!], undefined, true);
    expect(grads[1] ?? "none").toBe("none");
  });
});

describe("the shapes of", () => {
  it("vectorDistillation are equal", () => {
    expect(() => vectorDistillation(tf.zeros([4, 3]), tf.zeros([4, 2]))).toThrow(
      "vectorDistillation: the student has one vector per vector of its teacher; got [4, 3] and [4, 2]. Do both sides end in the same dimension?",
    );
  });

  it("similarityDistillation differ in width alone", () => {
    const wider = teacher.map((row) => [...row, 0]); // a dimension of zeros changes no cosine
    const loss: Loss = (s, t) => similarityDistillation(s, t);
    expect(relativeError([engine(loss, z0, wider)], [engine(loss, z0, teacher)])).toBeLessThan(1e-6);
    for (const [n, m] of [
      [4, 3],
      [1, 1],
    ] as const)
      expect(() => similarityDistillation(tf.zeros([n, 2]), tf.zeros([m, 2]))).toThrow(
        `similarityDistillation: student and teacher share at least two texts; got [${n}, 2] and [${m}, 2].`,
      );
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import { pairDistillation, type PairDistillationOptions } from "@nearfar/losses";
import { loadEngine, tf } from "@nearfar/tensor";
import { checkGradient, relativeError } from "@nearfar/testing";
import { losses } from "./goldenLosses.ts";
import { pairLosses } from "./pairLosses.ts";
import { plain, type Rows } from "./plain.ts";
import { tensors } from "./tensors.ts";
import { value } from "./value.ts";

beforeAll(() => void loadEngine());

interface Temperatures {
  temperature?: number;
  teacherTemperature?: number;
}

/** Hinton et al. 2015, section 2, along both axes: the teacher's probabilities times the student's negative logarithms; their mean. */
function transcription(
  student: Rows[],
  teacher: Rows[],
  { temperature = 0.07, teacherTemperature = 0.01 }: Temperatures = {},
): number {
  const logits = ([left, right]: Rows[], by: number) =>
    plain.unit(left!).map((x) => plain.unit(right!).map((y) => plain.dot(x, y) / by));
  const [s, t] = [logits(student, temperature), logits(teacher, teacherTemperature)];
  const transposed = (rows: number[][]) => rows[0]!.map((_, j) => rows.map((row) => row[j]!));
  const along = (learnt: number[][], taught: number[][]) =>
    plain.mean(
      learnt.map((row, i) =>
        row.reduce(
          (sum, logit, j) =>
            sum + Math.exp(-plain.crossEntropy(taught[i]![j]!, taught[i]!)) * plain.crossEntropy(logit, row),
          0,
        ),
      ),
    );
  return (along(s, t) + along(transposed(s), transposed(t))) / 2;
}

const sides = (rows: Rows[]) => {
  const [left, right] = tensors(...rows);
  return { left: left!, right: right! };
};
const engine = (student: Rows[], teacher: Rows[], options: PairDistillationOptions = {}) =>
  value(() => pairDistillation(sides(student), sides(teacher), options));

describe("pairDistillation", () => {
  const { images, texts, captions } = pairLosses;
  const { z2 } = losses.inputs;

  it.each([
    { name: "distilled from scale 100", right: texts, teacher: [texts, z2], options: {} },
    { name: "distilled from scale 5", right: texts, teacher: [texts, z2], options: { teacherTemperature: 0.2 } },
    { name: "distilled, two captions", right: captions, teacher: [texts, [...z2, ...images]], options: {} },
  ])("$name: is the golden value", ({ name, right, teacher, options }) => {
    const exact = transcription([images, right], teacher, options);
    expect(relativeError([exact], [pairLosses.value(name)])).toBeLessThan(1e-9);
    expect(relativeError([engine([images, right], teacher, options)], [exact])).toBeLessThan(1e-5);
  });

  it("is least for a student that equals its teacher, and has no gradient there", () => {
    const at = { temperature: 0.2, teacherTemperature: 0.2 };
    const own = engine([images, texts], [images, texts], at);
    expect(engine([images, [...texts.slice(1), texts[0]!]], [images, texts], at)).toBeGreaterThan(own + 1e-2);
    const teacher = sides([images, texts]);
    const gradient = tf.grad((left: tf.Tensor) =>
      pairDistillation({ left: left as tf.Tensor2D, right: teacher.right }, teacher, at),
    )(teacher.left);
    for (const x of gradient.dataSync()) expect(Math.abs(x)).toBeLessThan(1e-5);
  });

  it("does not care about the widths, the lengths and the order", () => {
    const given = engine([images, texts], [texts, z2]);
    const wider = (rows: Rows) => rows.map((row) => [...row.map((x) => 3 * x), 0]); // a dimension of zeros changes no cosine
    const move = (rows: Rows) => [2, 3, 0, 1].map((i) => rows[i]!);
    expect(relativeError([engine([images, texts], [wider(texts), wider(z2)])], [given])).toBeLessThan(1e-5);
    expect(relativeError([engine([move(images), move(texts)], [move(texts), move(z2)])], [given])).toBeLessThan(1e-5);
  });

  it("has the gradient of its differences by the student and its temperature, none by the teacher", () => {
    const [student, teacher] = [sides([images, captions]), sides([texts, [...z2, ...images]])];
    const f = (...[left, right, temperature]: tf.Tensor[]) =>
      pairDistillation({ left: left as tf.Tensor2D, right: right as tf.Tensor2D }, teacher, {
        temperature: temperature as tf.Scalar,
        teacherTemperature: 0.5,
      });
    expect(checkGradient(f, [student.left, student.right, tf.scalar(0.5)])).toBeLessThan(1e-2);
    const { grads } = tf
      .engine()
      .gradients(
        () => pairDistillation(student, teacher),
        [teacher.left, teacher.right, student.left],
        undefined,
        true,
      );
    expect([grads[0] ?? "none", grads[1] ?? "none"]).toEqual(["none", "none"]);
    expect(grads[2]).toBeDefined();
  });

  it("asks for a teacher of the same rows, and a temperature of its own above 0", () => {
    const of = (n: number, m: number) => ({ left: tf.zeros<tf.Rank.R2>([n, 3]), right: tf.zeros<tf.Rank.R2>([m, 3]) });
    expect(() => pairDistillation(of(4, 4), of(4, 3))).toThrow(
      "pairDistillation: the teacher has one row per row of the student; got right [4, 3] and [3, 3].",
    );
    expect(() => pairDistillation(of(4, 4), of(4, 4), { teacherTemperature: 0 })).toThrow("got 0.");
  });
});

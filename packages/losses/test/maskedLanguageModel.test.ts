import { beforeAll, describe, expect, it } from "vitest";
import { maskedLanguageModel } from "@nearfar/losses";
import { loadEngine, tf } from "@nearfar/tensor";
import { checkGradient, relativeError } from "@nearfar/testing";
import { plain, type Rows } from "./plain.ts";
import { tensors } from "./tensors.ts";
import { textLosses } from "./textLosses.ts";
import { value } from "./value.ts";

beforeAll(() => void loadEngine());

const { z0, z1, words: labels } = textLosses; // the word at each place, -100 where it does not count
const logits = [...z0, ...z1]; // 8 places, 6 words

/** Devlin et al. 2019, section 3.1: cross-entropy at the masked places alone. */
function transcription(logits: Rows, labels: readonly number[]): number {
  return plain.mean(logits.flatMap((row, i) => (labels[i]! < 0 ? [] : [plain.crossEntropy(row[labels[i]!]!, row)])));
}

const engine = (logits: Rows, labels: readonly number[]) =>
  value(() => maskedLanguageModel(tensors(logits)[0]!, tf.tensor1d([...labels], "int32")));

describe("maskedLanguageModel", () => {
  it("is torch's cross-entropy, whose label -100 does not count", () => {
    const exact = transcription(logits, labels);
    expect(relativeError([exact], [textLosses.value("masked language model")])).toBeLessThan(1e-9);
    expect(relativeError([engine(logits, labels)], [exact])).toBeLessThan(1e-5);
  });

  it("is the same where the places that do not count are left out", () => {
    const counted = labels.flatMap((label, i) => (label < 0 ? [] : [i]));
    const alone = engine(
      counted.map((i) => logits[i]!),
      counted.map((i) => labels[i]!),
    );
    expect(relativeError([alone], [engine(logits, labels)])).toBeLessThan(1e-6);
  });

  it("is ln(words) for logits that know nothing, and 0 without a masked place", () => {
    const zeros = logits.map(() => [0, 0, 0, 0, 0, 0]);
    expect(engine(zeros, labels)).toBeCloseTo(Math.log(6), 5); // a uniform softmax
    expect(engine(logits, new Array<number>(8).fill(-1))).toBe(0);
  });

  it("has the gradient of its differences, exactly 0 at places that do not count", () => {
    const loss = (x: tf.Tensor) => maskedLanguageModel(x as tf.Tensor2D, tf.tensor1d([...labels], "int32"));
    expect(checkGradient(loss, tensors(logits))).toBeLessThan(1e-2);
    const rows = tf.grad(loss)(tensors(logits)[0]!).arraySync() as number[][];
    expect(rows.map((row) => row.every((x) => x === 0))).toEqual(labels.map((label) => label < 0));
  });

  it("asks for an int32 label per place", () => {
    expect(() => maskedLanguageModel(tf.zeros([8, 6]), tf.zeros([8]))).toThrow(/labels are int32.*got float32 \[8\]/);
    expect(() => maskedLanguageModel(tf.zeros([8, 6]), tf.zeros([7], "int32"))).toThrow(/got int32 \[7\]/);
  });
});

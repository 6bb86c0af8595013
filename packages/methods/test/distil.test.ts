import { mlp, staticEmbedding } from "@nearfar/encoders";
import { similarityDistillation, vectorDistillation } from "@nearfar/losses";
import { distil, type DistilOptions, type TaughtTexts } from "@nearfar/methods";
import { key } from "@nearfar/random";
import { loadEngine, tf } from "@nearfar/tensor";
import { noise } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { methodContract } from "../../../test/contracts/method.ts";
import { columnsOf, noisyTexts, WORDS } from "./noisyTexts.ts";

const encoder = staticEmbedding({ vocabularySize: WORDS, dimensions: 16 });
const head = mlp([16, 24]);

/** Texts with a teacher's vectors of 24 dimensions. */
const taught = (rows: number[]): TaughtTexts => {
  const teacher = noise("teacher", 4 * 24);
  const vectors = rows.map((i) => [...teacher.slice(24 * i, 24 * i + 24)]);
  return { tokens: columnsOf([rows.map((i) => noisyTexts("taught")[i]!)]).tokens, teacher: tf.tensor2d(vectors) };
};

beforeAll(() => void loadEngine());

describe("distil", () => {
  it("copies what it is told, vectors unless told", () => {
    const [student, teacher] = ["a", "b"].map((name) => tf.tensor2d(Float32Array.from(noise(name, 24)), [4, 6]));
    const loss = (options: Partial<DistilOptions>) =>
      distil({ encoder, ...options })
        .objective({}, {}, { student: student!, teacher: teacher! })
        .loss.dataSync()[0]!;
    expect(loss({})).toBe(vectorDistillation(student!, teacher!).dataSync()[0]!);
    expect(loss({ copies: "directions" })).toBe(
      vectorDistillation(student!, teacher!, { measure: "cosine" }).dataSync()[0]!,
    );
    expect(loss({ copies: "similarities", temperature: 0.2 })).toBe(
      similarityDistillation(student!, teacher!, { temperature: 0.2 }).dataSync()[0]!,
    );
  });

  it("asks for a head where the teacher is wider, but for similarities", () => {
    const step = (options: Partial<DistilOptions>) => {
      const method = distil({ encoder, ...options });
      const { params } = method.init(key(1));
      return method.objective(params, {}, method.embed(params, {}, taught([0, 1, 2, 3]), { training: false })).loss;
    };
    expect(() => step({})).toThrow("got [4, 16] and [4, 24]. Do both sides end in the same dimension?");
    for (const options of [{ head }, { copies: "similarities" as const }])
      expect(step(options).dataSync()[0]!).toBeGreaterThan(0);
  });
});

for (const copies of ["vectors", "similarities"] as const)
  methodContract(`distil-${copies}`, () => distil({ encoder, copies, ...(copies === "vectors" && { head }) }), {
    batch: () => taught([0, 1, 2, 3]),
    parts: () => [taught([0, 1]), taught([2]), taught([3])],
  });

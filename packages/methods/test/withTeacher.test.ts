import { pairDistillation } from "@nearfar/losses";
import { clip, siglip, withTeacher, type WithTeacherOptions } from "@nearfar/methods";
import { key } from "@nearfar/random";
import { loadEngine, tf } from "@nearfar/tensor";
import { relativeError } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { methodContract } from "../../../test/contracts/method.ts";
import { noisyCaptions, noisyRows } from "./noisyPairs.ts";
import { noisyTowers } from "./noisyTowers.ts";
import { pairGolden } from "./pairGolden.ts";
import { expectTrajectory } from "./trajectory.ts";

beforeAll(() => void loadEngine());

const { ofRows } = noisyTowers;
const make = (options?: WithTeacherOptions) => withTeacher(clip(ofRows), options);

const untaught = (step: number | string, columns = 1, chosen?: number[]) => ({
  images: noisyRows(`pixels ${step}`, 20, chosen),
  texts: noisyCaptions(step, columns, chosen),
});
/** Its second captions have the teacher's vectors of other texts. */
const taught = (step: number | string, columns = 1, chosen?: number[]) => {
  const texts = Array.from({ length: columns }, (_, column) =>
    noisyRows(`taught ${column ? "others" : "texts"} ${step}`, 12, chosen),
  );
  const teacher = { images: noisyRows(`taught pictures ${step}`, 12, chosen), texts: tf.concat(texts, 0) };
  return { ...untaught(step, columns, chosen), teacher };
};

describe("withTeacher, against open_clip", () => {
  it("takes three steps to the same losses, weights and scale", () => {
    expectTrajectory(make(), pairGolden("clip, distilled"), { batch: taught, rate: 0.05, momentum: 0 });
  });
});

describe("withTeacher", () => {
  const mode = { training: false } as const;

  it("adds the distillation, with weight 1 and the teacher at temperature 1/100 unless told, and logs both", () => {
    const batch = taught(0, 2);
    for (const options of [{}, { weight: 0.5, teacherTemperature: 0.3 }]) {
      const { weight, teacherTemperature } = { weight: 1, teacherTemperature: 0.01, ...options }; // open_clip: scale 100
      const method = make(options);
      const { params } = method.init(key(1));
      const { loss, log } = method.objective(params, {}, method.embed(params, {}, batch, mode));
      const inner = clip(ofRows);
      const z = inner.embed(params, {}, batch, mode);
      const student = { left: z.images, right: tf.concat([z.texts[0]!, z.texts[1]!], 0) };
      const teacher = { left: batch.teacher.images, right: batch.teacher.texts };
      const distilled = pairDistillation(student, teacher, { temperature: 0.07, teacherTemperature }).dataSync()[0]!;
      const contrastive = inner.objective(params, {}, z).loss.dataSync()[0]!;
      expect(relativeError([log.distilled!.dataSync()[0]!], [distilled])).toBeLessThan(1e-5);
      expect(relativeError([log.contrastive!.dataSync()[0]!], [contrastive])).toBeLessThan(1e-6);
      expect(relativeError(loss.dataSync(), [contrastive + weight * distilled])).toBeLessThan(1e-5);
    }
  });

  it("sends no gradient to the teacher", () => {
    const method = make();
    const { params } = method.init(key(1));
    const batch = taught(0);
    const loss = () => method.objective(params, {}, method.embed(params, {}, batch, mode)).loss as tf.Scalar;
    const sources = [batch.teacher.images, batch.teacher.texts, batch.images];
    const { grads } = tf.engine().gradients(loss, sources, undefined, true);
    expect([grads[0] ?? "none", grads[1] ?? "none"]).toEqual(["none", "none"]);
    expect(grads[2]).toBeDefined();
  });

  it("asks for a teacher's vectors", () => {
    const method = make();
    expect(() => method.embed(method.init(key(1)).params, {}, untaught(0), mode)).toThrow(
      "withTeacher: a batch has its teacher's vectors; got none under teacher.",
    );
  });
});

methodContract("clip-distil", make, {
  batch: () => taught("x", 2),
  parts: () => [taught("x", 2, [0, 1]), taught("x", 2, [2, 3])],
});
methodContract("siglip-distil", () => withTeacher(siglip(ofRows)), {
  batch: () => taught("x"),
  parts: () => [taught("x", 1, [0, 1]), taught("x", 1, [2, 3])],
});

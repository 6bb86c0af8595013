import { similarityDistillation, vectorDistillation } from "@nearfar/losses";
import type { Tensor2D } from "@nearfar/tensor";
import type { Method } from "./method.ts";
import type { TaughtTexts } from "./taughtTexts.ts";
import { textTower, type TextTowerOptions } from "./textTower.ts";

export interface DistilOptions extends TextTowerOptions {
  /**
   * What the student copies: its teacher's `vectors` (squared error) or their `directions` (cosine), both of the teacher's width, with a head where
   * the student has another; or the `similarities` within the batch, of any width.
   */
  readonly copies?: "vectors" | "directions" | "similarities";
  /** Of `similarities`. */
  readonly temperature?: number;
}

/** Student `[n, d]` and teacher `[n, e]`. */
export type TaughtEmbeddings = Readonly<{ student: Tensor2D; teacher: Tensor2D }>;

/**
 * Distillation: the encoder learns the vectors that a teacher gave the same texts. Reimers and Gurevych 2020, section 2; similarities as
 * Tung and Mori 2019.
 *
 * A batch is n texts and n vectors, made beforehand: in another language than the teacher's too. A head that widens the student is dropped
 * with all heads; with `similarities` there is none to drop.
 */
export function distil({
  copies = "vectors",
  temperature = 0.05,
  ...parts
}: DistilOptions): Method<TaughtTexts, TaughtEmbeddings> {
  const tower = textTower(parts);
  return {
    name: "distil",
    init: (key) => ({ params: tower.init(key), state: {} }),
    embed: (params, _, { tokens, teacher }, mode) => ({ student: tower.embed(params, tokens, mode), teacher }),
    objective(_, state, { student, teacher }) {
      const loss =
        copies === "similarities"
          ? similarityDistillation(student, teacher, { temperature })
          : vectorDistillation(student, teacher, { measure: copies === "vectors" ? "squared" : "cosine" });
      return { loss, state, log: {} };
    },
    watched: ({ student }) => student,
    chance: () => undefined, // it depends on the teacher
  };
}

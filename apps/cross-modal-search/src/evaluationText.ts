import { table } from "@nearfar/command";
import type { PairEvaluation } from "./evaluatePairs.ts";

/** An evaluation for people: a table of both directions beside chance, the gap, and a line per file of judgements. */
export function evaluationText(
  rows: readonly { readonly name: string; readonly evaluation: PairEvaluation }[],
): string {
  const { pictures, captions, dimensions, chance, gap, judgements } = rows[0]!.evaluation;
  const cells = (["textToImage", "imageToText"] as const).flatMap((direction) => [
    ...rows.map(({ name, evaluation }) => ({
      "": TITLES[direction],
      model: name,
      ...recalls(evaluation.retrieval[direction].recall),
      "median rank": evaluation.retrieval[direction].medianRank.toFixed(1),
      "mean rank": evaluation.retrieval[direction].meanRank.toFixed(1),
    })),
    {
      "": TITLES[direction],
      model: "chance",
      ...recalls(chance[direction].recall),
      "median rank": "",
      "mean rank": chance[direction].meanRank.toFixed(1),
    },
  ]);
  const cosines = `cosines: ${number(gap.within.images)} among pictures, ${number(gap.within.texts)} among texts, ${number(gap.between)} across`;
  return [
    `${pictures} pictures, ${captions} captions, ${dimensions} dimensions\n`,
    `${table(cells)}\n`,
    `Modality gap ${number(gap.distance)} (${cosines})\n`,
    ...judgements.map(
      ({ kind, variant, tau, pairs, ratings, own, missing }) =>
        `Judgements (${kind}): Kendall's tau-${variant} ${(100 * tau).toFixed(2)} of ${pairs} pairs, ${ratings} ratings${own > 0 ? `; ${own} pairs of a picture and its own caption are left out` : ""}${missing > 0 ? `; of ${missing} the picture or the caption is not here` : ""}\n`,
    ),
  ].join("");
}

const TITLES = { textToImage: "text to image", imageToText: "image to text" };
const number = (value: number) => (Number.isFinite(value) ? value.toFixed(3) : "-");
const recalls = (recall: Readonly<Record<string, number>>) =>
  Object.fromEntries(
    Object.entries(recall).map(([name, share]) => [name.replace("recall", "R"), (100 * share).toFixed(2)]),
  );

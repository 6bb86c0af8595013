import { basename } from "node:path";
import { humanJudgements, pairSimilarities, takeRows } from "@nearfar/evaluation";
import { UserError, type Vectors } from "@nearfar/formats";
import type { Judgements } from "./judgements.ts";

/** How far a model and people agree. */
export interface JudgementScore {
  readonly kind: Judgements["kind"];
  readonly file: string;
  /** Kendall's: c of experts, b of a crowd. */
  readonly variant: "b" | "c";
  readonly tau: number;
  readonly pairs: number;
  readonly ratings: number;
  /** Pairs left out: a picture with a caption of its own (experts), as CLIPScore does, and those whose picture or caption is not there. */
  readonly own: number;
  readonly missing: number;
}

/** Pictures and captions with their vectors: row i of `images` is of `items[i]`, whose captions' rows in `texts` begin at `first[i]`. */
export interface EncodedPairs {
  readonly items: readonly { readonly path: string; readonly captions: readonly string[] }[];
  readonly first: readonly number[];
  readonly images: Vectors;
  readonly texts: Vectors;
}

/**
 * Kendall's tau between cosines and judgements, by the protocol of CLIPScore's authors (`humanJudgements`).
 *
 * Pictures are found by their path, or by the file's name where one alone has it. UserError where fewer than two judged pairs are among the items.
 */
export function scoreJudgements(
  { kind, file, pairs }: Judgements,
  { items, first, ...vectors }: EncodedPairs,
): JudgementScore {
  const place = placeOf(items.map(({ path }) => path));
  const found: { image: number; text: number; ratings: readonly number[] }[] = [];
  let [own, missing] = [0, 0];
  for (const { image, captionOf, number, ratings } of pairs) {
    const [at, from] = [place(image), place(captionOf)];
    const caption = from === undefined ? undefined : items[from]!.captions[number];
    if (at === undefined || caption === undefined) missing++;
    else if (kind === "expert" && items[at]!.captions.includes(caption)) own++;
    else found.push({ image: at, text: first[from!]! + number, ratings });
  }
  if (found.length < 2)
    throw new UserError(
      `${file}: only ${found.length} of its ${pairs.length} judged pairs are among the pictures that are evaluated. Are they of this data, and of these rows (--where)?`,
    );
  const { cosine } = pairSimilarities(
    takeRows(vectors.images, found.map(({ image }) => image)), // prettier-ignore
    takeRows(vectors.texts, found.map(({ text }) => text)), // prettier-ignore
  );
  const variant = kind === "expert" ? "c" : "b";
  const ratings = found.map((pair) => pair.ratings);
  return {
    kind,
    file,
    variant,
    tau: humanJudgements(cosine, ratings, { variant }),
    pairs: found.length,
    ratings: ratings.flat().length,
    own,
    missing,
  };
}

function placeOf(paths: readonly string[]): (path: string) => number | undefined {
  const places = new Map(paths.map((path, i) => [path, i]));
  const named = new Map<string, number | undefined>();
  for (const [i, path] of paths.entries()) named.set(basename(path), named.has(basename(path)) ? undefined : i);
  return (path) => places.get(path) ?? named.get(path);
}

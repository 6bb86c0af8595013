import { openTexts, type OpenTextsOptions } from "@nearfar/data";
import { UserError } from "@nearfar/formats";
import { permutation, type Key } from "@nearfar/random";
import { anchorGroups } from "./anchorGroups.ts";
import { hardNegatives } from "./hardNegatives.ts";
import { readCorpus } from "./readCorpus.ts";
import type { TextRanker } from "./textRanking.ts";

export interface MineTextsOptions {
  readonly columns?: OpenTextsOptions;
  /** Files of further texts that may be negatives. */
  readonly corpus?: readonly string[];
  /** Negatives of each pair. */
  readonly negatives?: number;
  /** Ranks, from 0, between which negatives are taken: [10, 50] passes over the ten nearest. Without it as many as are needed. */
  readonly range?: readonly [from: number, to: number];
  /** By how much at least a negative's score lies below that of the anchor's farthest positive. */
  readonly margin?: number;
  /** The same as a share of the positive's score. */
  readonly relativeMargin?: number;
  readonly maxScore?: number;
  /** The nearest of the window, or drawn from it. */
  readonly sampling?: "top" | "random";
  readonly say?: (line: string) => void;
}

export interface MinedTexts {
  /** `{ anchor, positive, negative }`, or `negative_1` to `negative_n`: what `nearfar text train` takes. */
  readonly rows: readonly Readonly<Record<string, string>>[];
  readonly pairs: number;
  readonly anchors: number;
  /** Anchors for which there are fewer negatives than asked for, and that are therefore left out. */
  readonly without: number;
  /** Different texts that could be negatives. */
  readonly corpus: number;
  /** Mean scores of the rows; the negatives' lie below. */
  readonly scores: { readonly positive: number; readonly negative: number };
}

/**
 * Hard negatives of pairs: for each anchor the nearest texts that belong to other anchors.
 *
 * Never one of the anchor's own positives, or the same text; none nearer than the margins allow, for it may answer too (`hardNegatives`).
 * Source: sentence-transformers 6.2, `util.mine_hard_negatives`. Files without pairs, and a window without room, are a `UserError`.
 */
export async function mineTexts(
  key: Key,
  rank: TextRanker,
  files: readonly string[],
  {
    columns,
    negatives = 1,
    sampling = "top",
    range: given,
    corpus: others,
    say = () => {},
    ...guards
  }: MineTextsOptions = {},
): Promise<MinedTexts> {
  const pairs = await readPairs(files, { columns, say });
  const { corpus, groups, same } = anchorGroups(
    pairs,
    others && (await readCorpus(others, { columns: { header: columns?.header ?? true }, say })),
  );
  const most = groups.reduce((most, { positives }) => Math.max(most, positives.length), 0);
  const guarded = Object.values(guards).some((value) => value !== undefined);
  const range = given ?? [0, (guarded ? 10 * negatives : negatives) + most];
  check(range, negatives, corpus.length);
  const ranking = await rank(
    groups.map(({ anchor }) => anchor),
    corpus,
    Math.min(range[1] + most, corpus.length),
  );
  const rows: Record<string, string>[] = [];
  const sums = { positive: 0, negative: 0 };
  let without = 0;
  for (const [i, group] of groups.entries()) {
    const scores = group.positives.map((place) => ranking.score(i, place));
    const positive = {
      score: scores.reduce((least, score) => Math.min(least, score), Infinity),
      excludes: same(group),
    };
    const window = hardNegatives(ranking.hits(i), positive, { ...guards, range });
    if (window.length < negatives) {
      without++;
      continue;
    }
    const taken =
      sampling === "top"
        ? window.slice(0, negatives)
        : [...permutation(key.fold(i), window.length).subarray(0, negatives)]
            .sort((a, b) => a - b)
            .map((at) => window[at]!);
    for (const [at, place] of group.positives.entries()) {
      const found = taken.map(({ index }, n) => [negatives === 1 ? "negative" : `negative_${n + 1}`, corpus[index]!]);
      rows.push({ anchor: group.anchor, positive: corpus[place]!, ...Object.fromEntries(found) });
      sums.positive += scores[at]!;
      sums.negative += taken.reduce((sum, { score }) => sum + score, 0) / negatives;
    }
  }
  const mean = (sum: number) => sum / Math.max(1, rows.length);
  return {
    ...{ rows, pairs: pairs.length, anchors: groups.length, without, corpus: corpus.length },
    scores: { positive: mean(sums.positive), negative: mean(sums.negative) },
  };
}

async function readPairs(
  files: readonly string[],
  { columns, say }: { columns: OpenTextsOptions | undefined; say: (line: string) => void },
): Promise<(readonly [string, string])[]> {
  const set = await openTexts(files, columns);
  if (set.kind !== "pairs" && set.kind !== "triplets")
    throw new UserError(
      `${files.join(", ")}: negatives are mined for pairs; say which columns they are: --column anchor=NAME --column positive=NAME.`,
    );
  if (set.kind === "triplets") say("The negatives that the files have are not used.");
  const pairs: (readonly [string, string])[] = [];
  const pass = set.examples();
  for await (const { texts } of pass) pairs.push([texts[0]!, texts[1]!]);
  if (pass.blank > 0) say(`${pass.blank} blank rows were passed over.`);
  if (pairs.length === 0) throw new UserError(`${files.join(", ")}: there is no pair in it. Give at least two.`);
  return pairs;
}

function check([from, to]: readonly [number, number], negatives: number, corpus: number): void {
  if (negatives > to - from)
    throw new UserError(
      `--range ${from},${to} has room for ${to - from} texts, and ${negatives} negatives are asked for. Widen it.`,
    );
  if (from >= corpus)
    throw new UserError(
      `--range ${from},${to} begins behind the last of the ${corpus} texts that could be negatives. Lower it, or give --corpus.`,
    );
}

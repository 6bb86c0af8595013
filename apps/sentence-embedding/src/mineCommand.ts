import {
  choice,
  json,
  nonNegativeInteger,
  positiveInteger,
  positiveNumber,
  program,
  type Command,
} from "@nearfar/command";
import { UserError } from "@nearfar/formats";
import { key } from "@nearfar/random";
import { columnOptions } from "./columnOptions.ts";
import { mineTexts, type MinedTexts, type MineTextsOptions } from "./mineTexts.ts";
import { rankByVectors } from "./rankByVectors.ts";
import { rankByWords } from "./rankByWords.ts";
import { withColumnFlags, type ColumnFlags } from "./withColumnFlags.ts";
import { withEncoder } from "./withEncoder.ts";
import { withModelFlags } from "./withModelFlags.ts";
import { writeJsonLines } from "./writeJsonLines.ts";

interface Flags extends ColumnFlags {
  readonly run?: string;
  readonly init?: string;
  readonly bm25?: boolean;
  readonly out: string;
  readonly corpus?: readonly string[];
  readonly negatives: string;
  readonly range?: string;
  readonly margin?: string | false;
  readonly relativeMargin?: string;
  readonly maxScore?: string;
  readonly sampling: string;
  readonly seed: string;
  readonly json?: boolean;
}

/** `nearfar text mine pairs.jsonl --run DIR | --init FOLDER | --bm25 --out triplets.jsonl`. */
export function mineCommand(): Command {
  const collect = (value: string, before: readonly string[] = []) => [...before, value];
  const command = program("mine", "Find hard negatives of pairs: near to the anchor, and no positive of it")
    .argument("<files...>", "tables of pairs: anchor and positive")
    .requiredOption("--out <file>", "the pairs and their negatives, a file ending in .jsonl");
  return withColumnFlags(
    withModelFlags(command)
      .option("--bm25", "rank by words (BM25), without a model")
      .option("--corpus <file>", "further texts that may be negatives; may be repeated", collect)
      .option("--negatives <n>", "negatives of each pair", "1")
      .option("--range <from,to>", "ranks between which they are taken, from 0: 10,50 passes over the ten nearest")
      .option("--margin <m>", "a negative's score lies at least so far below the positive's")
      .option("--relative-margin <share>", "the same as a share of the positive's score (0.05, but with --bm25 none)")
      .option("--no-margin", "no margin at all")
      .option("--max-score <s>", "the highest score of a negative")
      .option("--sampling <name>", "top, the nearest that are left, or random", "top")
      .option("--seed <n>", "same seed, same draws", "0")
      .option("--json", "print JSON"),
  ).action(run);
}

async function run(files: string[], flags: Flags): Promise<void> {
  const { out, bm25, json: asJson, corpus } = flags;
  const root = key(nonNegativeInteger("--seed", flags.seed)).fold("mine");
  const options: MineTextsOptions = {
    columns: columnOptions(flags),
    negatives: positiveInteger("--negatives", flags.negatives),
    sampling: choice("sampling", flags.sampling, ["top", "random"] as const),
    say: (line) => void process.stderr.write(`${line}\n`),
    ...marginsOf(flags),
    ...(corpus && { corpus }),
    ...(flags.range !== undefined && { range: rangeOf(flags.range) }),
    ...(flags.maxScore !== undefined && { maxScore: positiveNumber("--max-score", flags.maxScore) }),
  };
  if (bm25 && (flags.run ?? flags.init) !== undefined)
    throw new UserError("--bm25 ranks by words and has no model: leave --run and --init out.");
  const { rows, ...mined } = await writeJsonLines(
    out,
    () =>
      bm25
        ? mineTexts(root, rankByWords(), files, options)
        : withEncoder(flags, (encoder, progress) => mineTexts(root, rankByVectors(encoder, progress), files, options)),
    (found) => found.rows,
  );
  if (asJson) process.stdout.write(json({ rows: rows.length, ...mined }));
  process.stderr.write(summary(rows.length, { ...mined, out, negatives: options.negatives! }));
}

/** Of Moreira et al. 2024, the best of their margins. Scores of BM25 say nothing about a positive that has other words. */
const RELATIVE_MARGIN = 0.05;

function marginsOf({ margin, relativeMargin, bm25 }: Flags): Pick<MineTextsOptions, "margin" | "relativeMargin"> {
  const number = (flag: string, text: string) => (/^0?\.?0*$/.test(text) ? 0 : positiveNumber(flag, text));
  if (margin === false && relativeMargin !== undefined)
    throw new UserError("--no-margin and --relative-margin contradict each other: give one of them.");
  if (margin === false) return {};
  if (relativeMargin === undefined && margin === undefined) return bm25 ? {} : { relativeMargin: RELATIVE_MARGIN };
  return {
    ...(margin !== undefined && { margin: number("--margin", margin) }),
    ...(relativeMargin !== undefined && { relativeMargin: number("--relative-margin", relativeMargin) }),
  };
}

function rangeOf(text: string): [number, number] {
  const parts = /^(\d+),(\d+)$/.exec(text);
  const [from, to] = [Number(parts?.[1]), Number(parts?.[2])];
  if (from < to) return [from, to];
  throw new UserError(`--range: FROM,TO was expected, such as 10,50; got ${JSON.stringify(text)}.`);
}

function summary(
  rows: number,
  { out, negatives, without, anchors, corpus, scores }: Omit<MinedTexts, "rows"> & { out: string; negatives: number },
): string {
  const left =
    without === 0
      ? ""
      : ` ${without} of ${anchors} anchors got ${negatives === 1 ? "none" : `fewer than ${negatives}`} and were left out: a wider --range or smaller margins find more.`;
  const means =
    rows === 0
      ? ""
      : ` Mean score of the positives ${scores.positive.toFixed(4)}, of the negatives ${scores.negative.toFixed(4)}.`;
  return `${rows} rows in ${out}, their negatives from ${corpus} texts.${means}${left}\n`;
}

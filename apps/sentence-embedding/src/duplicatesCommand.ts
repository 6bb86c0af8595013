import { json, positiveInteger, positiveNumber, program, type Command } from "@nearfar/command";
import { columnOptions } from "./columnOptions.ts";
import { duplicateTexts, type DuplicateTexts } from "./duplicateTexts.ts";
import { shortText } from "./shortText.ts";
import { withColumnFlags, type ColumnFlags } from "./withColumnFlags.ts";
import { withEncoder } from "./withEncoder.ts";
import { withModelFlags } from "./withModelFlags.ts";
import { writeJsonLines } from "./writeJsonLines.ts";

interface Flags extends ColumnFlags {
  readonly run?: string;
  readonly init?: string;
  readonly threshold: string;
  readonly most: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** `nearfar text duplicates <files> --run DIR | --init FOLDER --threshold 0.9`. */
export function duplicatesCommand(): Command {
  const command = program("duplicates", "Find the texts that say the same").argument("<files...>", "files of texts");
  return withColumnFlags(
    withModelFlags(command)
      .option("--threshold <cosine>", "the least cosine of a pair", "0.9")
      .option("--most <n>", "the most pairs that are kept, the most alike", "500000")
      .option("--out <file>", "all pairs, a file ending in .jsonl")
      .option("--json", "print JSON"),
  ).action(run);
}

async function run(files: string[], flags: Flags): Promise<void> {
  const { out, json: asJson } = flags;
  const most = positiveInteger("--most", flags.most);
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const options = {
    columns: columnOptions(flags),
    threshold: positiveNumber("--threshold", flags.threshold),
    most,
    say,
  };
  const found = await writeJsonLines(
    out,
    () => withEncoder(flags, (encoder, progress) => duplicateTexts(encoder, files, { ...options, progress })),
    ({ pairs }) => pairs,
  );
  process.stdout.write(asJson ? json(found) : printed(found));
  const times = found.repeated.reduce((sum, { times }) => sum + times - 1, 0);
  say(
    `${found.texts} texts: ${times} stood there before, letter by letter; ${found.pairs.length} pairs of the others are near.`,
  );
  if (found.pairs.length === most) say(`--most ${most} is reached: there may be more pairs, less alike.`);
}

const SHOWN = 20;

function printed({ pairs }: DuplicateTexts): string {
  const parts = pairs
    .slice(0, SHOWN)
    .map(({ first, second, cosine }) => `${cosine.toFixed(4)}  ${shortText(first)}\n        ${shortText(second)}\n`);
  if (pairs.length > SHOWN) parts.push(`... and ${pairs.length - SHOWN} more pairs: --out FILE or --json has all.\n`);
  return parts.join("");
}

import { json, program, type Command } from "@nearfar/command";
import { pairSimilarities } from "@nearfar/evaluation";
import { UserError } from "@nearfar/formats";
import { columnOptions } from "./columnOptions.ts";
import { similarTexts } from "./similarTexts.ts";
import { withColumnFlags, type ColumnFlags } from "./withColumnFlags.ts";
import { withEncoder } from "./withEncoder.ts";
import { withModelFlags } from "./withModelFlags.ts";
import { writeJsonLines } from "./writeJsonLines.ts";

interface Flags extends ColumnFlags {
  readonly run?: string;
  readonly init?: string;
  readonly pairs?: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** `nearfar text similar "a" "b" --run DIR | --init FOLDER`, or `--pairs FILE --out FILE`. */
export function similarCommand(): Command {
  const command = program("similar", "The cosine of two texts, or of each pair of a table").argument(
    "[texts...]",
    "two texts",
  );
  return withColumnFlags(
    withModelFlags(command)
      .option("--pairs <file>", "a table of pairs instead: anchor and positive, or sentence1 and sentence2")
      .option("--out <file>", "the table with its cosines as a column, a file ending in .jsonl")
      .option("--json", "print JSON"),
  ).action(run);
}

async function run(texts: string[], flags: Flags): Promise<void> {
  const { pairs, out, json: asJson } = flags;
  if ((pairs === undefined) !== (out === undefined))
    throw new UserError("--pairs FILE and --out FILE belong together.");
  if (texts.length !== (pairs === undefined ? 2 : 0))
    throw new UserError(
      `similar compares two texts, or the pairs of a table (--pairs FILE --out FILE); got ${texts.length} texts.`,
    );
  if (texts.some((text) => text.trim() === "")) throw new UserError("similar: two texts were expected; one is blank.");
  if (pairs === undefined || out === undefined) {
    const { dimensions, data } = await withEncoder(flags, (encoder) => encoder.encode(texts));
    const row = (i: number) => ({ rows: 1, dimensions, data: data.subarray(i * dimensions, (i + 1) * dimensions) });
    const cosine = pairSimilarities(row(0), row(1)).cosine[0]!;
    process.stdout.write(asJson ? json({ texts, cosine }) : `${cosine.toFixed(4)}\n`);
    return;
  }
  const columns = columnOptions(flags);
  const { rows, blank } = await writeJsonLines(
    out,
    () => withEncoder(flags, (encoder, progress) => similarTexts(encoder, pairs, { columns, progress })),
    (found) => found.rows,
  );
  const mean = rows.reduce((sum, row) => sum + (row.cosine as number), 0) / rows.length;
  if (asJson) process.stdout.write(json({ pairs: rows.length, blank, mean }));
  const left = blank > 0 ? ` ${blank} rows with a blank text were left out.` : "";
  process.stderr.write(`${rows.length} pairs in ${out}, of mean cosine ${mean.toFixed(4)}.${left}\n`);
}

import { program, type Command } from "@nearfar/command";
import { UserError } from "@nearfar/formats";
import { embedPairs } from "./embedPairs.ts";
import { isTexts } from "./isTexts.ts";
import { whichTowers, type WhichTowers } from "./whichTowers.ts";
import { withTowers, type OpenTowers } from "./withTowers.ts";
import { withTowersFlags } from "./withTowersFlags.ts";

interface Flags extends WhichTowers {
  readonly out: string;
  readonly column?: string;
}

/** `nearfar pairs embed <images|texts> --run DIR | --init FOLDER --out vectors.jsonl|parquet|npy`; `open` opens the model, in tests another one. */
export function embedCommand(open?: OpenTowers): Command {
  const command = program("embed", "Write one vector per picture, or per text, of one space")
    .argument(
      "<input>",
      "a folder or an archive of pictures, icons:NAME, or a table of texts (.txt, .csv, .tsv, .jsonl, .parquet)",
    )
    .requiredOption("--out <file>", "a file ending in .jsonl, .parquet or .npy")
    .option("--column <name>", "the column of a table's texts");
  return withTowersFlags(command).action(async (input: string, flags: Flags) => {
    whichTowers(flags);
    const { out, column } = flags;
    if (column !== undefined && !isTexts(input))
      throw new UserError(`--column ${column}: pictures have no columns; ${input} is no table of texts.`);
    const say = (line: string) => void process.stderr.write(`${line}\n`);
    const { rows, dimensions } = await withTowers(
      flags,
      (towers, progress) => embedPairs(towers, input, out, { progress, say, ...(column !== undefined && { column }) }),
      open,
    );
    say(`${rows} vectors of ${dimensions} numbers in ${out}.`);
  });
}

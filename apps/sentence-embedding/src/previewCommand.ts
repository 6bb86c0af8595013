import { nonNegativeInteger, positiveInteger, program, type Command } from "@nearfar/command";
import { columnOptions } from "./columnOptions.ts";
import { previewText } from "./previewText.ts";
import { previewTexts } from "./previewTexts.ts";
import { withColumnFlags, type ColumnFlags } from "./withColumnFlags.ts";

interface Flags extends ColumnFlags {
  readonly count: string;
  readonly seed: string;
}

/** `nearfar text preview <files>`. */
export function previewCommand(): Command {
  const command = program("preview", "Show what each augmentation makes of some texts")
    .argument("<files...>", "files of texts: .txt, .csv, .tsv, .jsonl or .parquet, gzipped or not")
    .option("--count <n>", "texts", "3")
    .option("--seed <n>", "same seed, same texts and examples", "0");
  return withColumnFlags(command).action(async (files: string[], { count, seed, ...flags }: Flags) => {
    const options = { count: positiveInteger("--count", count), seed: nonNegativeInteger("--seed", seed) };
    process.stdout.write(previewText(await previewTexts(files, { ...options, columns: columnOptions(flags) })));
  });
}

import { program, type Command } from "@nearfar/command";
import { loadEngine } from "@nearfar/tensor";
import { columnOptions } from "./columnOptions.ts";
import { embedTexts } from "./embedTexts.ts";
import { openEncoder, type WhichModel } from "./openEncoder.ts";
import { withColumnFlags, type ColumnFlags } from "./withColumnFlags.ts";
import { withModelFlags } from "./withModelFlags.ts";

interface Flags extends ColumnFlags, WhichModel {
  readonly out: string;
}

/** `nearfar text embed <files> --run DIR | --init FOLDER --out vectors.jsonl|parquet|npy`. */
export function embedCommand(): Command {
  const command = program("embed", "Write one vector per text")
    .argument("<files...>", "files of texts: .txt, .csv, .tsv, .jsonl or .parquet, gzipped or not")
    .requiredOption("--out <file>", "a file ending in .jsonl, .parquet or .npy");
  return withColumnFlags(withModelFlags(command)).action(async (files: string[], { out, ...flags }: Flags) => {
    const columns = columnOptions(flags);
    loadEngine();
    const encoder = await openEncoder(flags);
    const { rows, dimensions, truncated } = await embedTexts(encoder, files, out, { columns });
    encoder.dispose();
    const cut = truncated > 0 ? ` ${truncated} texts were longer than the model takes and were cut.` : "";
    process.stderr.write(`${rows} vectors of ${dimensions} numbers in ${out}.${cut}\n`);
  });
}

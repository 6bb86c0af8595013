import type { Command } from "@nearfar/command";

/** The flags that say what a table of pairs holds and where its pictures lie. */
export interface PairFlags {
  readonly images?: string;
  readonly column?: readonly string[];
  readonly where?: readonly string[];
  readonly header?: boolean;
}

/** Adds `--images`, `--column`, `--where` and `--no-header` to a command (`pairOptions` reads them). */
export function withPairFlags(command: Command): Command {
  const collect = (value: string, before: readonly string[] = []) => [...before, value];
  return command
    .option("--images <folder>", "where a table's pictures lie: a folder or an archive; without it the table's own")
    .option("--column <role=name>", "what a column is (path, caption, concept); may be repeated", collect)
    .option("--where <column=value>", "only rows with this value in this column; may be repeated", collect)
    .option("--no-header", "the first row of a .csv or .tsv is data: its columns are 1, 2, ...");
}

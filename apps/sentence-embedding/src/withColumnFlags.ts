import type { Command } from "@nearfar/command";
import { textRoleNames } from "./textRoleNames.ts";

/** The flags that say what the columns of a table are. */
export interface ColumnFlags {
  readonly column?: readonly string[];
  readonly where?: readonly string[];
  readonly scores?: string;
  readonly header?: boolean;
}

/** Adds `--column`, `--where`, `--scores` and `--no-header` to a command. */
export function withColumnFlags(command: Command): Command {
  const collect = (value: string, before: readonly string[] = []) => [...before, value];
  return command
    .option("--column <role=name>", `what a column is (${textRoleNames.join(", ")}); may be repeated`, collect)
    .option("--where <column=value>", "only rows with this value in this column; may be repeated", collect)
    .option("--scores <lowest,highest>", "the range of the scores; without it 0 to 1 or 0 to 5")
    .option("--no-header", "the first row of a .csv or .tsv is data: its columns are 1, 2, ...");
}

import { parse } from "csv-parse/sync";
import { readLines } from "./readLines.ts";
import { UserError } from "./userError.ts";

export interface CsvRow {
  readonly cells: readonly string[];
  /** The line on which it begins, from 1. */
  readonly line: number;
}

export interface CsvRows {
  readonly rows: readonly CsvRow[];
  readonly blank: number;
}

/**
 * The rows of a CSV file (RFC 4180: commas, quotation marks doubled within them), all of the same number of cells.
 * A line without a quotation mark is split here; rows with one go to csv-parse, which knows all rules and is far slower.
 */
export async function* readCsv(
  path: string,
  { maxLineBytes }: { maxLineBytes: number },
): AsyncGenerator<CsvRows, void, undefined> {
  let open: string[] = []; // the lines of a row whose quotation marks are not closed yet
  let length = 0;
  let quotes = 0;
  let begin = 0;
  let width: number | undefined;
  const row = (cells: string[], line: number): CsvRow => {
    width ??= cells.length;
    if (cells.length === width) return { cells, line };
    throw new UserError(
      `${path}:${line}: ${cells.length} cells, and the first row has ${width}. Is a text with a comma not in quotation marks?`,
    );
  };
  for await (const { lines, first } of readLines(path, { maxLineBytes })) {
    const rows: CsvRow[] = [];
    let blank = 0;
    for (let i = 0; i < lines.length; i++) {
      const line = lines[i]!;
      const marks = count(line, '"');
      if (open.length === 0 && marks === 0) {
        if (line === "") blank++;
        else rows.push(row(line.split(","), first + i));
        continue;
      }
      if (open.length === 0) begin = first + i;
      open.push(line);
      length += line.length + 1;
      quotes += marks;
      if (length > maxLineBytes) {
        throw new UserError(
          `${path}:${begin}: the row is longer than ${maxLineBytes}. Is a quotation mark never closed?`,
        );
      }
      if (quotes % 2 === 1) continue;
      rows.push(row(quoted(open.join("\n"), `${path}:${begin}`), begin));
      open = [];
      length = quotes = 0;
    }
    yield { rows, blank };
  }
  if (open.length > 0) throw new UserError(`${path}:${begin}: the file ends within the quotation marks of this row`);
}

function count(line: string, mark: string): number {
  let found = 0;
  for (let at = line.indexOf(mark); at >= 0; at = line.indexOf(mark, at + 1)) found++;
  return found;
}

function quoted(text: string, where: string): string[] {
  try {
    return (parse(text, { record_delimiter: "\n" }) as string[][])[0]!;
  } catch (error) {
    const reason = (error as Error).message.replace(/ (at|on) line \d+/, ""); // of this row alone
    throw new UserError(`${where}: ${reason}. A cell with a quotation mark stands in quotation marks and doubles it.`);
  }
}

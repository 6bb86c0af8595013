import { lineBlocks } from "./lineBlocks.ts";
import { UserError } from "./userError.ts";

/** Lines that were read together, without their line ends. */
export interface Lines {
  readonly lines: readonly string[];
  /** The number of the first, from 1. */
  readonly first: number;
}

const newline = 10;
const carriageReturn = 13;

/** The lines of a text file, many at a time, `\n` or `\r\n` ended; errors as `lineBlocks`. */
export async function* readLines(
  path: string,
  { maxLineBytes }: { maxLineBytes: number },
): AsyncGenerator<Lines, void, undefined> {
  for await (const { bytes, line, ascii } of lineBlocks(path, { maxLineBytes })) {
    const encoding = ascii ? "latin1" : "utf8"; // the same text, read faster
    const lines: string[] = [];
    for (let from = 0; from < bytes.length;) {
      const found = bytes.indexOf(newline, from);
      const to = found < 0 ? bytes.length : found;
      if (to - from > maxLineBytes) {
        throw new UserError(`${path}:${line + lines.length}: the line is longer than ${maxLineBytes} bytes`);
      }
      // A text of its own for each line: a slice of the block's text would keep the whole block in memory.
      lines.push(bytes.toString(encoding, from, to > from && bytes[to - 1] === carriageReturn ? to - 1 : to));
      from = to + 1;
    }
    yield { lines, first: line };
  }
}

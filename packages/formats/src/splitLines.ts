import { UserError } from "./userError.ts";

export interface Line {
  readonly bytes: Uint8Array;
  /** Counted from 1. */
  readonly number: number;
  /** Where the line, with its newline, ends in the (unpacked) file. */
  readonly end: number;
  /** False for a last line without a newline. */
  readonly whole: boolean;
}

const newline = 10;

/** The lines of a file that comes in pieces, without their newlines. A line longer than `maxLineBytes` is a `UserError`. */
export async function* splitLines(
  chunks: AsyncIterable<Uint8Array>,
  where: string,
  { maxLineBytes }: { maxLineBytes: number },
): AsyncGenerator<Line> {
  let parts: Uint8Array[] = []; // of a line that goes on
  let held = 0;
  let number = 1;
  let end = 0;
  const hold = (part: Uint8Array): void => {
    parts.push(part);
    held += part.length;
    if (held > maxLineBytes) throw new UserError(`${where}:${number}: the line is longer than ${maxLineBytes} bytes`);
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let to = chunk.indexOf(newline); to >= 0; to = chunk.indexOf(newline, from)) {
      hold(chunk.subarray(from, to));
      end += held + 1;
      yield { bytes: joined(parts), number: number++, end, whole: true };
      parts = [];
      held = 0;
      from = to + 1;
    }
    if (from < chunk.length) hold(chunk.subarray(from));
  }
  if (held > 0) yield { bytes: joined(parts), number, end: end + held, whole: false };
}

function joined(parts: Uint8Array[]): Uint8Array {
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
}

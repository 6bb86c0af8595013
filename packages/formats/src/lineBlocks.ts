import { isAscii, isUtf8 } from "node:buffer";
import { openForReading } from "./openForReading.ts";
import { unpackedChunks } from "./unpackedChunks.ts";
import { UserError } from "./userError.ts";

export interface LineBlock {
  /** Whole lines with their newlines (the file's last may lack it), valid UTF-8. */
  readonly bytes: Buffer;
  /** The number of the first line, from 1. */
  readonly line: number;
  readonly ascii: boolean;
}

const newline = 10;

/**
 * A text file in blocks of whole lines, without its byte order mark, unpacked if its name ends with `.gz`.
 * Bytes that are not UTF-8 and a line of more than `maxLineBytes` are a `UserError` that names file and line.
 */
export async function* lineBlocks(
  path: string,
  { maxLineBytes }: { maxLineBytes: number },
): AsyncGenerator<LineBlock, void, undefined> {
  const check = (bytes: number, line: number): void => {
    if (bytes > maxLineBytes) {
      throw new UserError(
        `${path}:${line}: the line is longer than ${maxLineBytes} bytes. Has the text no line breaks?`,
      );
    }
  };
  let held: Uint8Array[] = []; // of a line that goes on
  let heldBytes = 0;
  let line = 1;
  try {
    for await (const chunk of unpackedChunks(await openForReading(path), path.toLowerCase().endsWith(".gz"))) {
      const end = chunk.lastIndexOf(newline) + 1;
      check(heldBytes + (end === 0 ? chunk.length : chunk.indexOf(newline)), line);
      if (end > 0) {
        const { block, lines } = checked(Buffer.concat([...held, chunk.subarray(0, end)]), line, path);
        yield block;
        line += lines;
        held = [];
        heldBytes = 0;
      }
      held.push(chunk.subarray(end));
      heldBytes += chunk.length - end;
    }
  } catch (error) {
    if (error instanceof Error && "code" in error && /^Z_/.test(String(error.code))) {
      throw new UserError(`${path}: not gzip, damaged or cut off: ${error.message}`);
    }
    throw error;
  }
  check(heldBytes, line);
  if (heldBytes > 0) yield checked(Buffer.concat(held), line, path).block;
}

function checked(whole: Buffer, line: number, path: string): { block: LineBlock; lines: number } {
  const marked = line === 1 && whole.subarray(0, 3).equals(mark);
  const bytes = marked ? whole.subarray(3) : whole;
  if (!isUtf8(bytes)) throw notUtf8(bytes, line, path);
  let lines = 0;
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) lines++;
  return { block: { bytes, line, ascii: isAscii(bytes) }, lines };
}

const mark = Buffer.from([0xef, 0xbb, 0xbf]);

function notUtf8(bytes: Buffer, line: number, path: string): UserError {
  let from = 0;
  let to = bytes.indexOf(newline);
  while (to >= 0 && isUtf8(bytes.subarray(from, to))) {
    line++;
    from = to + 1;
    to = bytes.indexOf(newline, from);
  }
  const wide = line === 1 && /^(fffe|feff)/.test(bytes.toString("hex", 0, 2));
  return new UserError(`${path}:${line}: the bytes are not UTF-8${wide ? " but UTF-16" : ""}. Save the file as UTF-8.`);
}

import { openForReading, UserError } from "@nearfar/formats";
import { parseObject } from "./parseObject.ts";
import type { PlainObject } from "./plain.ts";

const maxBytes = 64 * 2 ** 20;

/** The object in a small JSON file; anything else is a `UserError` that names the file. */
export async function readPlainFile(path: string): Promise<PlainObject> {
  const handle = await openForReading(path);
  try {
    const { size } = await handle.stat();
    if (size > maxBytes) throw new UserError(`${path}: at most ${maxBytes} bytes were expected; got ${size}.`);
    return parseObject(await handle.readFile("utf8"), path);
  } finally {
    await handle.close();
  }
}

import { readFile } from "node:fs/promises";
import { openForReading, UserError } from "@nearfar/formats";

/** The value in a JSON file of a model folder. A missing file, one over 64 MB and one that is not JSON are a `UserError` that names it. */
export async function readJson(file: string): Promise<unknown> {
  const handle = await openForReading(file);
  try {
    const { size } = await handle.stat();
    if (size > 64e6) throw new UserError(`${file}: ${size} bytes are no settings of a model`);
    return JSON.parse(await readFile(handle, "utf8")) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) throw new UserError(`${file}: not valid JSON: ${error.message}`);
    throw error;
  } finally {
    await handle.close();
  }
}

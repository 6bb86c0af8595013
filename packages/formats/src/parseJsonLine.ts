import { UserError } from "./userError.ts";

const decoder = new TextDecoder("utf-8", { fatal: true });

/** The value of a line of JSON, undefined for a blank one; a `UserError` that begins with `where` for anything else. */
export function parseJsonLine(bytes: Uint8Array, where: string): unknown {
  try {
    const text = decoder.decode(bytes);
    return text.trim() === "" ? undefined : JSON.parse(text);
  } catch (error) {
    throw new UserError(`${where}: not a line of JSON: ${(error as Error).message}`);
  }
}

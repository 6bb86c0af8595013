import { cellCaptions } from "./cellCaptions.ts";

/** What a file of captions says, or why it says nothing. */
export type FileCaptions = { readonly captions: readonly string[] } | { readonly reason: string };

/**
 * The captions in a file beside a picture, by its extension: of `txt` and `caption` a line each, of `json` those under "caption",
 * "captions" or "text". Blank ones are kept, so that they can be counted.
 */
export function fileCaptions(extension: string, bytes: Uint8Array): FileCaptions {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return { reason: `its .${extension} is not UTF-8. Save it as UTF-8.` };
  }
  if (extension !== "json") {
    const lines = text.split(/\r?\n/);
    const written = lines.filter((line) => line.trim() !== "");
    return { captions: written.length > 0 ? written : [""] };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { reason: "its .json is not JSON. Repair it." };
  }
  const object = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  const found = ["caption", "captions", "text"].find((name) => Object.hasOwn(object, name));
  if (found === undefined) return { reason: 'its .json has no "caption", "captions" or "text". Add one.' };
  return { captions: cellCaptions(object[found]) };
}

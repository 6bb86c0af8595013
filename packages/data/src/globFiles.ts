import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { isGlob } from "./isGlob.ts";

/**
 * The paths that a pattern stands for, sorted by code unit: `*` and `?` are any characters and one within a part of the path, `[a-c]`
 * and `[!a]` one of a choice. Hidden files only where the pattern has the dot.
 */
export async function globFiles(pattern: string): Promise<string[]> {
  const [first = "", ...others] = pattern.split("/");
  // An absolute path begins with an empty part.
  let found = first === "" ? ["/"] : await step(["."], first);
  for (const part of others) if (part !== "") found = await step(found, part);
  return found.sort();
}

async function step(folders: readonly string[], part: string): Promise<string[]> {
  if (!isGlob(part)) return folders.map((folder) => join(folder, part));
  const fits = matcher(part);
  const found: string[] = [];
  for (const folder of folders) {
    const names = await readdir(folder).catch(() => []); // a file where a folder was meant fits nothing
    for (const name of names)
      if (fits(name) && (part.startsWith(".") || !name.startsWith("."))) found.push(join(folder, name));
  }
  return found;
}

/**
 * Character by character, going back to the last `*` alone: time grows with the product of the lengths, and not, as a regular expression's
 * may, without bound.
 */
function matcher(part: string): (name: string) => boolean {
  const tokens = part.match(/\*+|\?|\[!?[^\]]+\]|[^]/gu) ?? [];
  const one = tokens.map((token) => {
    if (token === "?") return () => true;
    if (token.length < 3 || !token.startsWith("[")) return (character: string) => character === token;
    const not = token[1] === "!";
    const choice = [...token.slice(not ? 2 : 1, -1).matchAll(/(.)-(.)|(.)/gu)];
    return (character: string) =>
      not !==
      choice.some(([, low, high, single]) =>
        single === undefined ? low! <= character && character <= high! : character === single,
      );
  });
  return (name) => {
    const characters = [...name];
    let [token, at, star, from] = [0, 0, -1, 0];
    while (at < characters.length) {
      if (tokens[token]?.startsWith("*")) [star, from] = [token++, at];
      else if (token < tokens.length && one[token]!(characters[at]!)) [token, at] = [token + 1, at + 1];
      else if (star >= 0) [token, at] = [star + 1, ++from];
      else return false;
    }
    while (tokens[token]?.startsWith("*")) token++;
    return token === tokens.length;
  };
}

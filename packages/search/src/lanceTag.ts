import type { Field } from "./vectorStore.ts";

/**
 * A field as a word of the column `tags`, by which a table of LanceDB is filtered: the JSON of its name and value in hexadecimal digits, so
 * that nothing that somebody wrote ever stands in a filter's SQL, which has no parameters.
 */
export function lanceTag([name, value]: readonly [string, Field]): string {
  return Buffer.from(JSON.stringify([name, value])).toString("hex");
}

import type { TextExample } from "./textExample.ts";

/** About the memory that an example takes: two bytes a character, and its objects. */
export function exampleBytes({ texts }: TextExample): number {
  return texts.reduce((total, text) => total + 2 * text.length + 24, 160);
}

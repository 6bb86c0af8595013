import { segmenters } from "./segmenters.ts";

/** The sentences of a text, trimmed: `sentences("It rains. 下雨了。走吧！")` has three. */
export function sentences(text: string): string[] {
  return Array.from(segmenters.sentence.segment(text), ({ segment }) => segment.trim()).filter((one) => one !== "");
}

import { choices } from "./choices.ts";

/** Whether a tower of texts is a new one, with a vocabulary of its own, and not that of a folder or a run. */
export function isNewText(text: string): text is (typeof choices.text)[number] {
  return (choices.text as readonly string[]).includes(text);
}

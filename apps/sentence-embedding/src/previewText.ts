import type { PreviewedText } from "./previewTexts.ts";

/** Previewed texts for a terminal: each text, below it a line per augmentation; long ones are cut, and nothing in them moves the cursor. */
export function previewText(texts: readonly PreviewedText[]): string {
  return texts
    .map(({ text, file, row, previews }) => {
      const width = Math.max(...["text", ...previews.map(({ name }) => name)].map(({ length }) => length));
      const lines = [{ name: "text", text }, ...previews].map(
        (one) => `  ${one.name.padEnd(width)}  ${shown(one.text)}\n`,
      );
      return `${file}:${row}\n${lines.join("")}`;
    })
    .join("\n");
}

function shown(text: string): string {
  const plain = Array.from(text.replaceAll(/[\s\p{Cc}]+/gu, " ").trim());
  return plain.length <= LONGEST ? plain.join("") : `${plain.slice(0, LONGEST - 1).join("")}…`;
}

/** Characters of a line: three rows of a wide terminal. */
const LONGEST = 300;

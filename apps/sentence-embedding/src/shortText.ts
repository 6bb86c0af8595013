/** A text in one line of at most so many characters, to be printed. */
export function shortText(text: string, most = 160): string {
  const line = text
    .slice(0, 4 * most)
    .replace(/\s+/g, " ")
    .trim();
  const letters = [...line];
  return letters.length > most || text.length > 4 * most ? `${letters.slice(0, most).join("")}...` : line;
}

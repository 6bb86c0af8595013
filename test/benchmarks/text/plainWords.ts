/** A text's letters a to z and digits alone, lower-case, one space between words: what the peers' filter compares (peers/static_quality.py). */
export function plainWords(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}

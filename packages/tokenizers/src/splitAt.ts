/** A text's parts around given contents, the longest that begins first: [text, content, text, content, ..., text]; texts may be empty. */
export function splitAt(contents: readonly string[]): (text: string) => string[] {
  if (contents.length === 0) return (text) => [text];
  const longestFirst = [...contents].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(
    `(${longestFirst.map((one) => one.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join("|")})`,
    "u",
  );
  return (text) => text.split(pattern);
}

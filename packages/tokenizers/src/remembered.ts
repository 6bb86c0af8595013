/**
 * The same function of a short text, its answers kept; at most `most` of them, then all are forgotten at once, which costs less than an
 * order of use. Texts above `longest` characters, which seldom come twice, are computed each time.
 */
export function remembered<T>(
  compute: (text: string) => T,
  { most = 100_000, longest = 48 }: { most?: number; longest?: number } = {},
): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    let answer = known.get(text);
    if (answer !== undefined) return answer;
    answer = compute(text);
    if (text.length > longest) return answer;
    if (known.size >= most) known.clear();
    known.set(copied(text), answer);
    return answer;
  };
}

/** A part of a text keeps the whole text in memory (V8 shares from 13 characters on), for a file's chunk hundreds of times as much. */
const copied = (text: string) => (text.length < 13 ? text : Buffer.from(text, "utf16le").toString("utf16le"));

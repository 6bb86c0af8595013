import { UserError } from "@nearfar/formats";

export interface ExpandBracesOptions {
  /** More words than this are refused. */
  readonly most?: number;
}

/**
 * The words that a pattern with braces stands for, in order, as a shell expands it: `{a,b}`, `{000..012}` (numbers keep their width),
 * `{0..10..2}`, `{a..e}`, one within another and several in a row.
 *
 * Braces that hold neither a comma nor a range are characters like any other. More than `most` words are a UserError.
 */
export function expandBraces(pattern: string, { most = 1e5 }: ExpandBracesOptions = {}): string[] {
  if (pattern.length > LONGEST)
    throw new UserError(`a pattern of ${pattern.length} characters; at most ${LONGEST} are read. Is it one path?`);
  return expand(pattern, most);
}

const LONGEST = 4096;

function expand(pattern: string, most: number): string[] {
  for (let open = pattern.indexOf("{"); open >= 0; open = pattern.indexOf("{", open + 1)) {
    const group = groupAt(pattern, open);
    if (!group) continue;
    const choices =
      group.parts.length > 1 ? group.parts.flatMap((part) => expand(part, most)) : range(group.parts[0]!, most);
    if (choices === undefined) continue;
    const before = pattern.slice(0, open);
    const after = expand(pattern.slice(group.end), most);
    if (choices.length * after.length > most)
      throw new UserError(`${pattern}: the braces stand for more than ${most} files. Are the numbers right?`);
    return choices.flatMap((choice) => after.map((rest) => before + choice + rest));
  }
  return [pattern];
}

/** The parts between the commas of the braces that open here, and where they end; undefined where they do not close. */
function groupAt(pattern: string, open: number): { parts: string[]; end: number } | undefined {
  const parts: string[] = [];
  let depth = 0;
  let begin = open + 1;
  for (let at = open; at < pattern.length; at++) {
    const character = pattern[at];
    if (character === "{") depth++;
    else if (character === "," && depth === 1) {
      parts.push(pattern.slice(begin, at));
      begin = at + 1;
    } else if (character === "}" && --depth === 0) {
      parts.push(pattern.slice(begin, at));
      return { parts, end: at + 1 };
    }
  }
  return undefined;
}

/** `a..b` or `a..b..step` as words; undefined for anything else. */
function range(text: string, most: number): string[] | undefined {
  const match = /^(?:(-?\d{1,15})\.\.(-?\d{1,15})|([A-Za-z])\.\.([A-Za-z]))(?:\.\.(-?\d{1,15}))?$/.exec(text);
  if (!match) return undefined;
  const [, low, high, first, last, by] = match;
  const [from, to] = low === undefined ? [first!.charCodeAt(0), last!.charCodeAt(0)] : [Number(low), Number(high)];
  const step = Math.abs(Number(by ?? 1)) || 1;
  const count = Math.floor(Math.abs(to - from) / step) + 1;
  if (count > most) throw new UserError(`{${text}} stands for ${count} files, above ${most}. Are the numbers right?`);
  const padded = [low, high].some((end) => /^-?0\d/.test(end ?? ""));
  const width = padded ? Math.max(low!.length, high!.length) : 0;
  return Array.from({ length: count }, (_, i) => {
    const value = from + (from <= to ? i : -i) * step;
    if (low === undefined) return String.fromCharCode(value);
    const digits = String(Math.abs(value));
    return value < 0 ? `-${digits.padStart(width - 1, "0")}` : digits.padStart(width, "0");
  });
}
